"""How well made-up cables in all known forms are read: `python -m benchmarks.parsing [COUNT] [--roughness TIMES]`.

Prints how many true paragraphs are found with the right start, how many are invented, how many labels
and texts are right, and how often each header field is right; then the cables that went wrong, with their quirks.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter

from benchmarks.synthetic_cables import Synthetic, write_cable
from index_store.documents import Document
from index_store.parsing import parse

FIELDS = ("post", "date", "classification", "tags", "subject")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("count", type=int, nargs="?", default=1300)
    arguments.add_argument(
        "--roughness", type=float, default=1.0, help="how many times as many quirks as real cables have"
    )
    arguments.add_argument("--first", type=int, default=0, help="the first seed")
    arguments.add_argument("--show", type=int, default=10, help="how many cables that went wrong to name")
    options = arguments.parse_args()
    totals: Counter[str] = Counter()
    wrong: list[str] = []
    seconds = 0.0
    for seed in range(options.first, options.first + options.count):
        cable = write_cable(seed, options.roughness)
        began = time.process_time()
        document = parse(cable.text)
        seconds += time.process_time() - began
        complaint = compare(cable, document, totals)
        if complaint:
            wrong.append(f"{seed} {cable.name} {','.join(cable.quirks)}: {complaint}")
    report(totals, seconds)
    print(f"{len(wrong)} cables with something wrong")
    for line in wrong[: options.show]:
        print("  " + line)


def compare(cable: Synthetic, document: Document, totals: Counter[str]) -> str:
    """Count what is right and wrong of one cable; says in one line what is wrong."""
    said = dict(zip(cable.truth.starts, cable.truth.texts, strict=True))
    truth = dict(zip(cable.truth.starts, cable.truth.labels, strict=True))
    found = {paragraph.start: paragraph.label for paragraph in document.paragraphs}
    missed = sorted(truth.keys() - found.keys())
    invented = sorted(found.keys() - truth.keys())
    labels = [start for start in truth.keys() & found.keys() if truth[start] != found[start]]
    totals.update(cables=1, true=len(truth), found=len(truth) - len(missed), read=len(found))
    totals.update(invented=len(invented), labels=len(truth) - len(missed) - len(labels))
    texts = [
        p.start
        for p in document.paragraphs
        if said.get(p.start) not in (None, "".join(re.sub("¶", "", p.text).split()))
    ]
    totals.update(texts=len(truth) - len(missed) - len(texts))
    complaints = []
    for name, starts in (("missed", missed), ("invented", invented), ("label", labels), ("text", texts)):
        if starts:
            shown = repr(cable.text[starts[0] - 30 : starts[0] + 25])
            complaints.append(f"{name} {len(starts)} at {starts[0]} {shown}")
    for field in FIELDS:
        expected, got = getattr(cable.truth, field), getattr(document.header, field)
        totals[field] += expected == got
        if expected != got:
            complaints.append(f"{field} {got!r} for {expected!r}")
    return "; ".join(complaints)


def report(totals: Counter[str], seconds: float) -> None:
    """Print the shares."""
    print(
        f"{totals['cables']} cables, {totals['true']} paragraphs, {seconds:.1f} s, "
        f"{totals['true'] / seconds:.0f} paragraphs/s"
    )
    for name, whole in (("found", "true"), ("invented", "read"), ("labels", "found"), ("texts", "found")):
        print(f"{name:15} {100 * totals[name] / max(1, totals[whole]):7.3f} %")
    for field in FIELDS:
        print(f"{field:15} {100 * totals[field] / max(1, totals['cables']):7.3f} %")


if __name__ == "__main__":
    main()
