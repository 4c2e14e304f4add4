"""How long an answer takes once the models are loaded, and where the time goes.

python -m benchmarks.latency                    the sample cables and their question set
python -m benchmarks.latency --index PATH --questions SET.jsonl [--limit N]

Prints the paragraphs indexed per second, then for all questions p50 and p95 in milliseconds, by stage.
"""

from __future__ import annotations

import argparse
import dataclasses
import tempfile
import time
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from assistant.conversation import Assistant
from assistant.evaluation.questions import read_question_set
from assistant.settings import Settings
from index_store.formats import read_sources
from index_store.store import IndexStore

SAMPLE_SET = Path(__file__).parent.parent / "assistant" / "evaluation" / "sets" / "samples.jsonl"
WARM_UP = "What is this about?"


def index(store: IndexStore, path: Path | None) -> float:
    """Fill the library; returns paragraphs per second, loading the model left out."""
    store.embedding.get_text_embedding(WARM_UP)
    started = time.perf_counter()
    if path is None:
        store.add_samples()
    else:
        store.index(read_sources([path]))
    return store.status().paragraphs / (time.perf_counter() - started)


def ask_all(assistant: Assistant, questions: list[str]) -> dict[str, list[float]]:
    """Seconds of each question by stage, and in all under 'total'."""
    assistant.ask(WARM_UP)
    seconds: dict[str, list[float]] = {}
    for question in questions:
        answer = assistant.ask(question)
        for stage, value in {**answer.stages, "total": answer.seconds}.items():
            seconds.setdefault(stage, []).append(value)
    return seconds


def table(seconds: dict[str, list[float]]) -> Table:
    """p50, p95 and mean of each stage in milliseconds."""
    result = Table(box=None)
    for name in ("stage", "questions", "p50 ms", "p95 ms", "mean ms"):
        result.add_column(name, justify="left" if name == "stage" else "right")
    for stage, values in seconds.items():
        milliseconds = np.array(values) * 1000
        figures = (np.percentile(milliseconds, 50), np.percentile(milliseconds, 95), milliseconds.mean())
        result.add_row(stage, str(len(values)), *(f"{figure:.1f}" for figure in figures))
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--questions", type=Path, default=SAMPLE_SET)
    parser.add_argument("--limit", type=int, default=100)
    arguments = parser.parse_args()
    items = read_question_set([arguments.questions]).items
    questions = [item.questions[0].question for item in items][: arguments.limit]
    with tempfile.TemporaryDirectory() as folder:
        settings = dataclasses.replace(Settings.from_environment(), home=Path(folder) / "library", chroma_url=None)
        with Assistant.open(settings) as assistant:
            speed = index(assistant.store, arguments.index)
            seconds = ask_all(assistant, questions)
    console = Console()
    console.print(f"indexed {speed:.0f} paragraphs per second")
    console.print(table(seconds))


if __name__ == "__main__":
    main()
