"""The parser against cables made up in all known forms, whose truth is known; see benchmarks/parsing.py."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.parsing import FIELDS, compare
from benchmarks.synthetic_cables import write_cable
from index_store.parsing import parse


@pytest.mark.parametrize("roughness", [1.0, 5.0])
def test_nearly_all_paragraphs_are_found_and_nearly_none_invented(roughness: float) -> None:
    totals: Counter[str] = Counter()
    for seed in range(150):
        cable = write_cable(seed, roughness)
        compare(cable, parse(cable.text), totals)
    assert totals["found"] >= 0.995 * totals["true"]
    assert totals["invented"] <= 0.005 * totals["read"]
    assert totals["labels"] >= 0.99 * totals["found"]
    assert totals["texts"] >= 0.99 * totals["found"]
    for field in FIELDS:
        assert totals[field] >= 0.985 * totals["cables"], field


def test_a_cable_whose_numbers_rise_one_by_one_is_never_changed() -> None:
    for seed in range(100):
        cable = write_cable(seed, roughness=0.0)
        document = parse(cable.text)
        assert [p.start for p in document.paragraphs] == cable.truth.starts, seed
        assert [p.label for p in document.paragraphs] == cable.truth.labels, seed
        assert not any(repair.label for repair in document.repairs), seed
