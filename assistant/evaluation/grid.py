"""Named settings side by side, over one library and one set."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.evaluation import charts
from assistant.evaluation.compare import compare_folders
from assistant.evaluation.evaluate import Tell, evaluate
from assistant.evaluation.metrics import BY_NAME
from assistant.evaluation.pages import render
from assistant.evaluation.runs import write_whole
from assistant.evaluation.summary import Summary
from assistant.settings import LanguageModelSettings, RetrievalSettings, Settings
from index_store.errors import BadSetting

if TYPE_CHECKING:
    from assistant.conversation import Assistant

Change = Callable[[Settings], Settings]
COLUMNS = ("full", "facts", "gold_recall", "hit_at_1", "all_at_10", "mrr_at_10", "abstention_f1", "latency_p50")


def _retrieving(**fields: Any) -> Change:
    """Answers by quoting, retrieval with these fields changed."""

    def change(settings: Settings) -> Settings:
        retrieval = replace(settings.retrieval, **fields)
        return replace(settings, retrieval=retrieval, language_model=LanguageModelSettings())

    return change


READ_UNSIFTED = 25
"""How many candidates the cross-encoder reads where late interaction doesn't sift them before."""
_DEFAULT = RetrievalSettings()
SETTINGS: Mapping[str, Change] = {
    "keywords": _retrieving(keywords=True, vectors=False, late_interaction=0, rerank=0, inference=0),
    "vectors": _retrieving(keywords=False, vectors=True, late_interaction=0, rerank=0, inference=0),
    "hybrid": _retrieving(keywords=True, vectors=True, late_interaction=0, rerank=0, inference=0),
    "reranked": _retrieving(keywords=True, vectors=True, late_interaction=0, rerank=READ_UNSIFTED, inference=0),
    "late": _retrieving(keywords=True, vectors=True, late_interaction=_DEFAULT.late_interaction, rerank=0, inference=0),
    "quoting": lambda settings: replace(settings, language_model=LanguageModelSettings()),
    "writing": lambda settings: settings,
}
TITLES: Mapping[str, str] = {
    "keywords": "keywords only",
    "vectors": "vectors only",
    "hybrid": "hybrid",
    "reranked": "hybrid, reranked",
    "late": "hybrid, late interaction",
    "quoting": "as set, quoting",
    "writing": "as set, language model",
}


@dataclass(frozen=True, slots=True)
class GridRow:
    """One setting with its figures."""

    name: str
    title: str
    folder: Path
    figures: Mapping[str, Any]
    """As in `summary.json` under `overall`."""
    p: str
    """Of the paired test of `full` against the first row; empty for the first."""


def choose(names: Sequence[str], settings: Settings) -> list[str]:
    """The settings of these names; without names all that can be run: `writing` only where a language model is set.

    Raises BadSetting for a name that is none, and for `writing` without a language model.
    """
    unknown = [name for name in names if name not in SETTINGS]
    if unknown:
        raise BadSetting(f"--grid knows {', '.join(SETTINGS)}; not {', '.join(unknown)}")
    if "writing" in names and not settings.language_model.url:
        raise BadSetting("--grid writing needs a language model: set PILCROW_LLM_URL")
    return list(dict.fromkeys(names)) or [name for name in SETTINGS if name != "writing" or settings.language_model.url]


def run_grid(
    names: Sequence[str],
    sets: Sequence[Path],
    assistant: Assistant,
    out: Path,
    *,
    progress: Callable[[str], Tell | None] = lambda title: None,
    fresh: bool = False,
) -> list[GridRow]:
    """Run the set once for each named setting, each into a folder of its name under `out`; write the side by side.

    `assistant` gives the library and the settings that are changed. `progress` gives for a setting's title what is
    told of its progress. Writes `grid.json` and `grid.html`.
    """
    rows: list[GridRow] = []
    summaries: list[Summary] = []
    for name in names:
        changed = type(assistant).open(SETTINGS[name](assistant.settings), assistant.store)
        told = progress(TITLES[name])
        summary = evaluate(sets, changed, out / name, name=TITLES[name], progress=told, fresh=fresh)
        summaries.append(summary)
        p = _p_against(rows[0].folder, out / name) if rows else ""
        rows.append(GridRow(name, TITLES[name], out / name, summary["overall"], p))
    write_grid(rows, summaries, out)
    return rows


def _p_against(first: Path, other: Path) -> str:
    differences = compare_folders(first, other).differences
    p = next((each.p for each in differences if each.name == "full"), None)
    return "" if p is None else charts.p_text(p)


def write_grid(rows: Sequence[GridRow], summaries: Sequence[Summary], out: Path) -> None:
    """Write `grid.json` and `grid.html`."""
    points = [
        (row.title, row.figures["latency_p50"]["value"], row.figures["full"]["value"])
        for row in rows
        if row.figures["full"]["value"] is not None
    ]
    asked = summaries[0]["asked"] if summaries else 0
    html = render(
        "grid.html",
        title="Settings side by side",
        lead=f"{asked} questions, asked of one library with {len(rows)} settings.",
        chart=charts.scatter(points),
        columns=[BY_NAME[name] for name in COLUMNS],
        rows=rows,
        notices=summaries[0]["run"]["notices"] if summaries else [],
    )
    whole = {row.name: {"title": row.title, "overall": row.figures, "p": row.p} for row in rows}
    write_whole(out / "grid.json", json.dumps(whole, ensure_ascii=False, indent=2) + "\n")
    write_whole(out / "grid.html", html)
