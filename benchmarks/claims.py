"""How well the program tells supported sentences from unsupported ones: precision, recall, by kind.

    python benchmarks/claims.py [--failures] [--docs]

Reads benchmarks/data/claims.jsonl and claims_held_out.jsonl: true and false sentences over the sample library, each
with its paragraph. Those held out are never looked at when the checks are improved.
Every sentence is checked twice: against its own paragraph, and against that paragraph among DISTRACTORS others,
half of them from the same document. `--docs` writes the tables to docs/claims.md; `--failures` lists what was
judged wrongly.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from llama_index.core.schema import TextNode

from assistant import citations
from assistant.citations import Verdict, check
from assistant.retrieval.rerank import CrossEncoderScorer
from index_store.nodes import paragraph_node
from index_store.parsing import parse

ROOT = Path(__file__).resolve().parents[1]
HELD_OUT = "Held out"
SETS = {
    "Looked at": ROOT / "benchmarks" / "data" / "claims.jsonl",
    HELD_OUT: ROOT / "benchmarks" / "data" / "claims_held_out.jsonl",
}
ABOUT = {
    "Looked at": "`benchmarks/data/claims.jsonl`: what is wrong here was looked at when the checks were improved.",
    HELD_OUT: (
        "`benchmarks/data/claims_held_out.jsonl`: harder on purpose. Nearly every word of a false sentence stands in "
        "its paragraph: who did it, what it was done to, how many, whether it happened or which is more was changed. "
        "Of the true ones many are told in other words. Written before the checks of such changes; the totals were "
        "watched while these were made, but which sentences are judged wrongly was never looked at."
    ),
}
PAGE = ROOT / "docs" / "claims.md"
DISTRACTORS = 7


@dataclass(frozen=True)
class Judged:
    """A sentence of the set with what the check said of it."""

    row: Mapping[str, Any]
    alone: Verdict
    among: Verdict

    @property
    def right_paragraph(self) -> bool:
        """Whether the paragraph that the sentence was made from is cited among the distractors."""
        cited = {(s.node.metadata["document"], s.node.metadata["label"]) for s in self.among.support}
        return (self.row["document"], self.row["label"]) in cited


def paragraphs() -> dict[tuple[str, str], TextNode]:
    """All paragraphs of the sample library by document and label."""
    nodes: dict[tuple[str, str], TextNode] = {}
    for file in sorted(resources.files("index_store.samples").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".txt"):
            document = parse(file.read_text(encoding="utf-8"), file.name.removesuffix(".txt"))
            nodes.update({(document.id, p.label): paragraph_node(document, p) for p in document.paragraphs})
    return nodes


def judge(rows: Iterable[Mapping[str, Any]], nodes: Mapping[tuple[str, str], TextNode]) -> list[Judged]:
    """Check every sentence alone with its paragraph and among distractors."""
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as home:
        scorer = CrossEncoderScorer.load(Path(home), tuned=False)
        statements = CrossEncoderScorer.load(Path(home), "statements_en")
        judged = []
        for row in rows:
            own = nodes[row["document"], row["label"]]
            near = [node for (document, _), node in nodes.items() if document == row["document"] and node is not own]
            far = [node for (document, _), node in nodes.items() if document != row["document"]]
            near = chance.sample(near, min(DISTRACTORS // 2, len(near)))
            evidence = [own, *near, *chance.sample(far, DISTRACTORS - len(near))]
            chance.shuffle(evidence)
            sentence = row["sentence"]
            alone = check(sentence, [own], scorer, statements)
            judged.append(Judged(row, alone, check(sentence, evidence, scorer, statements)))
    return judged


def table(judged: Sequence[Judged], seconds: float) -> str:
    """The figures in Markdown."""
    kinds: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        kinds[one.row["kind"]].append(one)
    lines = [
        "| kind | sentences | judged rightly, own paragraph | judged rightly, among others |",
        "| --- | --- | --- | --- |",
    ]
    for kind, of_kind in sorted(kinds.items(), key=lambda item: (not item[1][0].row["supported"], item[0])):
        truth = of_kind[0].row["supported"]
        alone = sum(one.alone.supported == truth for one in of_kind)
        among = sum(one.among.supported == truth for one in of_kind)
        name = f"{kind} ({'true' if truth else 'false'})"
        lines.append(f"| {name} | {len(of_kind)} | {_share(alone, len(of_kind))} | {_share(among, len(of_kind))} |")
    lines += ["", "| of sentences judged supported | own paragraph | among others |", "| --- | --- | --- |"]
    for label, pick in (("precision", _precision), ("recall", _recall)):
        lines.append(f"| {label} | {pick(judged, 'alone')} | {pick(judged, 'among')} |")
    true = [one for one in judged if one.row["supported"]]
    kept = [one for one in true if one.among.supported]
    count = DISTRACTORS + 1
    chosen = _share(sum(one.right_paragraph for one in true), len(true))
    cited = _share(sum(one.right_paragraph for one in kept), len(kept))
    lines += ["", f"The right paragraph among {count} is chosen for {chosen} of the true sentences,"]
    lines += [f"and for {cited} of those judged supported."]
    lines += [
        f"Checking a sentence twice, alone and among {count}, takes {1000 * seconds / max(1, len(judged)):.0f} ms."
    ]
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.1%})" if whole else "none"


def _precision(judged: Sequence[Judged], where: str) -> str:
    kept = [one for one in judged if getattr(one, where).supported]
    return _share(sum(one.row["supported"] for one in kept), len(kept))


def _recall(judged: Sequence[Judged], where: str) -> str:
    true = [one for one in judged if one.row["supported"]]
    return _share(sum(getattr(one, where).supported for one in true), len(true))


def failures(judged: Iterable[Judged]) -> Iterable[str]:
    for one in judged:
        for where in ("alone", "among"):
            verdict: Verdict = getattr(one, where)
            if verdict.supported != one.row["supported"]:
                score = verdict.checks.get("statement_score")
                facts = f"score {score}, coverage {verdict.coverage:.2f}, {verdict.reason}"
                yield f"{one.row['id']} {where} {one.row['kind']}: {one.row['sentence']} [{facts}]"
                break


def page(tables: Mapping[str, str]) -> str:
    method = (citations.__doc__ or "").strip()
    parts = "\n\n".join(f"## {name}\n\n{ABOUT[name]}\n\n{figures}" for name, figures in tables.items())
    return (
        "# The check of statements, measured\n\n"
        "Written by `python benchmarks/claims.py --docs` over true and false sentences about paragraphs of the sample "
        "library, which are invented but for one. The method, as `assistant/citations.py` states it:\n\n"
        f"```\n{method}\n```\n\n{parts}\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the check of statements.")
    parser.add_argument("--failures", action="store_true", help="list what was judged wrongly, of the set looked at")
    parser.add_argument("--docs", action="store_true", help="write docs/claims.md")
    arguments = parser.parse_args()
    nodes = paragraphs()
    tables = {}
    for name, path in SETS.items():
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        started = time.perf_counter()
        judged = judge(rows, nodes)
        tables[name] = table(judged, time.perf_counter() - started)
        print(f"{name}\n\n{tables[name]}\n")
        if arguments.failures and name != HELD_OUT:
            print("\n".join(failures(judged)))
    if arguments.docs:
        PAGE.write_text(page(tables), encoding="utf-8")


if __name__ == "__main__":
    main()
