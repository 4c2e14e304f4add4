"""Ranks paragraphs stage by stage and writes what each stage gains and costs as a Markdown table.

    python benchmarks/retrieval.py --squad squad2-dev.json --questions 200 --out docs/retrieval.md

Measured are the questions that ship with Pilcrow over the sample library, those of `data/held_out` over its cables
among the samples and the training cables, and, where its file is given, a random part of SQuAD 2.0 dev (answerable
questions over all its paragraphs). A question counts by the best rank of its gold
paragraphs. Milliseconds are wall time a question; token vectors are computed when a paragraph is first met, then
remembered.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from llama_index.core.schema import NodeWithScore, QueryBundle

from assistant.question.understanding import Vocabulary, understand
from assistant.retrieval.hybrid import HybridRetriever
from assistant.retrieval.late_interaction import TokenEncoder, TokenMemory
from assistant.retrieval.ranking import Ranker, paragraphs_around
from assistant.retrieval.rerank import Around, CrossEncoderScorer, Reranker
from assistant.settings import RetrievalSettings
from assistant.timing import Stopwatch
from benchmarks.squad import convert
from index_store.documents import ParagraphRef
from index_store.formats import read_sources
from index_store.store import IndexStore

ROOT = Path(__file__).parent.parent
SHIPPED = ROOT / "assistant/evaluation/sets/samples.jsonl"
HELD_OUT = ROOT / "benchmarks/data/held_out"
TRAINED_ON = ROOT / "training/data/cables"
SEED = 7
UNTUNED = "both, untuned"
STAGES = ("keywords", "vectors", "mixed", "late interaction", "cross-encoder", UNTUNED, "both", "as answered")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the paragraphs that answer it."""

    text: str
    gold: frozenset[ParagraphRef]


def own_questions(file: Path) -> list[Asked]:
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [
        Asked(row["question"], frozenset(ParagraphRef(gold["document"], gold["label"]) for gold in row["gold"]))
        for row in rows
        if row.get("answerable", True)
    ]


def squad_questions(file: Path, articles: Path, size: int) -> list[Asked]:
    texts, questions = convert(json.loads(file.read_text(encoding="utf-8")))
    for name, text in texts.items():
        (articles / f"{name}.txt").write_text(text, encoding="utf-8")
    asked = [Asked(question.question, frozenset(question.gold)) for question in questions if question.gold]
    return random.Random(SEED).sample(asked, size)


def by(scores: dict[str, dict[ParagraphRef, float]], stage: str) -> list[ParagraphRef]:
    found = scores.get(stage, {})
    return sorted(found, key=lambda ref: -found[ref])


def refs(hits: Iterable[NodeWithScore]) -> list[ParagraphRef]:
    return [ParagraphRef(hit.node.metadata["document"], hit.node.metadata["label"]) for hit in hits]


class Bench:
    """One library's models and times."""

    def __init__(self, store: IndexStore, home: Path) -> None:
        self.store = store
        self.scorer = CrossEncoderScorer.load(home)
        self.forgetful = CrossEncoderScorer.load(home)  # it remembers none of the pairs that another row read
        self.untuned = CrossEncoderScorer.load(home, tuned=False)
        self.inference = CrossEncoderScorer.load(home, "inference_en")
        self.tokens = TokenMemory(home, TokenEncoder.load(home))
        self.settings = RetrievalSettings()
        self.times = Stopwatch()
        self.times_alone = Stopwatch()
        self.times_answering = Stopwatch()

    def rankings(self, question: str) -> dict[str, list[ParagraphRef]]:
        """By stage, the paragraphs best first."""
        retriever = HybridRetriever(self.store, self.settings, stopwatch=self.times)
        candidates = retriever.retrieve(QueryBundle(question))
        scores = {stage: dict(found) for stage, found in retriever.scores.items()}
        found = {stage: by(scores, stage) for stage in ("keywords", "vectors", "mixed")}
        late, top = self.settings.late_interaction, self.settings.rerank
        # First, and timed: what the later rows read again is remembered by then.
        found["both"] = self._reranked(question, candidates, late=late, top=top, times=self.times)
        found[UNTUNED] = self._reranked(question, candidates, late=late, top=top, scorer=self.untuned)
        found["late interaction"] = self._reranked(question, candidates, late=late, top=0)
        found["cross-encoder"] = self._reranked(
            question, candidates, late=0, top=late, times=self.times_alone, scorer=self.forgetful
        )
        return found

    def as_answered(self, question: str, posts: Sequence[str]) -> list[ParagraphRef]:
        """What the answer's ranking makes of it, with parts, filters and leanings."""
        ranker = Ranker(self.store, self.settings, self.scorer, self.tokens, self.times_answering, self.inference)
        return refs(ranker.rank(understand(question, Vocabulary(posts=tuple(posts)))).hits)

    def _reranked(
        self,
        question: str,
        hits: list[NodeWithScore],
        *,
        late: int,
        top: int,
        times: Stopwatch | None = None,
        scorer: CrossEncoderScorer | None = None,
    ) -> list[ParagraphRef]:
        stopwatch = times or Stopwatch()
        around: Around = partial(paragraphs_around, self.store) if late and top else (lambda _nodes: [])
        reranker = Reranker(scorer or self.scorer, self.tokens, late=late, top=top, around=around, stopwatch=stopwatch)
        copied = [NodeWithScore(node=hit.node, score=hit.score) for hit in hits]
        return refs(reranker.postprocess_nodes(copied, query_bundle=QueryBundle(question)))


def rank_of(gold: frozenset[ParagraphRef], ranking: Sequence[ParagraphRef]) -> float:
    return next((place for place, ref in enumerate(ranking, 1) if ref in gold), float("inf"))


def row(stage: str, ranks: Sequence[float], milliseconds: str) -> str:
    size = len(ranks)
    shares = [sum(rank <= limit for rank in ranks) / size for limit in (1, 5, 10)]
    mrr = sum(1 / rank for rank in ranks if rank <= 10) / size
    return f"| {stage} | " + " | ".join(f"{value:.3f}" for value in (*shares, mrr)) + f" | {milliseconds} |"


def measured(title: str, store: IndexStore, home: Path, asked: Sequence[Asked]) -> list[str]:
    bench = Bench(store, home)
    posts = store.vocabulary().posts
    bench.rankings("Is everything loaded?")
    bench.times.stages.clear()
    bench.times_alone.stages.clear()
    bench.times_answering.stages.clear()
    ranks: dict[str, list[float]] = {stage: [] for stage in STAGES}
    for question in asked:
        found = bench.rankings(question.text)
        found["as answered"] = bench.as_answered(question.text, posts)
        for stage, ranking in found.items():
            ranks[stage].append(rank_of(question.gold, ranking))
    times = {stage: 1000 * seconds / len(asked) for stage, seconds in bench.times.stages.items()}
    spent = {
        "keywords": f"{times['keywords']:.0f}",
        "vectors": f"{times['vectors']:.0f}",
        "mixed": f"{times['keywords'] + times['vectors'] + times['fetch']:.0f}",
        "late interaction": f"{times['late interaction']:.0f}",
        "cross-encoder": f"{1000 * bench.times_alone.stages['rerank'] / len(asked):.0f}",
        "both": f"{times['late interaction'] + times['rerank']:.0f}",
        "as answered": f"{1000 * bench.times_answering.stages['inference'] / len(asked):.0f} more",
    }
    status = store.status()
    lines = [f"## {title}", "", f"{len(asked)} questions over {status.paragraphs:,} paragraphs.", ""]
    lines += ["| ranked by | hit@1 | recall@5 | recall@10 | MRR@10 | ms |", "| --- | --- | --- | --- | --- | --- |"]
    return [*lines, *(row(stage, ranks[stage], spent.get(stage, "")) for stage in STAGES), ""]


INTRODUCTION = """# How well paragraphs are found

Written by `benchmarks/retrieval.py`, which says what is measured. The first three rows rank by one index and by the
mix of both; the next four read the mix's first {late} candidates again: by late interaction, by the cross-encoder,
and (what Pilcrow does) by late interaction, with what stands around the most similar ones in their documents, and
then the best {top} by both: with the cross-encoder as it comes, and with its tuned layers (training/README.md). The
last row is the ranking behind an answer: with the filters, parts and leanings read from the question, and the best
{inference} read by the model of inference. Milliseconds hold for the machine and its load at the time; the order of
the rows holds elsewhere. They are a stage's own; late interaction has to compute the token vectors of paragraphs that
it meets for the first time, as nearly all are in the last table. Where there are none they were not measured.
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--squad", type=Path, help="SQuAD 2.0 dev as benchmarks/squad.py reads it")
    options.add_argument("--questions", type=int, default=200, help="how many of SQuAD's questions")
    options.add_argument("--out", type=Path, help="the Markdown file to write; without it, the terminal")
    chosen = options.parse_args()
    settings = RetrievalSettings()
    numbers = {"late": settings.late_interaction, "top": settings.rerank, "inference": settings.inference}
    lines = INTRODUCTION.format(**numbers).splitlines()
    with tempfile.TemporaryDirectory() as folder, IndexStore.open(Path(folder)) as store:
        store.add_samples()
        lines += ["", *measured("Sample library", store, Path(folder), own_questions(SHIPPED))]
        store.index(read_sources([HELD_OUT / "cables", TRAINED_ON]))
        lines += measured("Held-out cables", store, Path(folder), own_questions(HELD_OUT / "questions.jsonl"))
    if chosen.squad:
        with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as texts:
            asked = squad_questions(chosen.squad, Path(texts), chosen.questions)
            with IndexStore.open(Path(folder)) as store:
                store.index(read_sources([Path(texts)]))
                lines += measured("SQuAD 2.0 dev", store, Path(folder), asked)
    text = "\n".join(lines).rstrip() + "\n"
    if chosen.out:
        chosen.out.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
