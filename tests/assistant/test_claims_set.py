"""The claims that the check of sentences is measured by: their form, and that the false ones look false."""

from __future__ import annotations

import json
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from index_store.parsing import parse

CLAIMS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "benchmarks/data/claims.jsonl").read_text(encoding="utf-8").splitlines()
]
TRUE_KINDS = {"verbatim-ish paraphrase", "paraphrase"}
ALTERED_KINDS = {"swapped name", "swapped number", "swapped date", "swapped speaker"}
FALSE_KINDS = ALTERED_KINDS | {"negation", "invented"}
HARDER_KINDS = {"swapped doer", "swapped object", "quantifier", "comparison", "modality"}

HELD_OUT: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "benchmarks/data/claims_held_out.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
HELD_OUT_TRUE = {"paraphrase", "loose paraphrase"}


@pytest.fixture(scope="module")
def texts() -> dict[tuple[str, str], str]:
    found = {}
    for entry in resources.files("index_store").joinpath("samples").iterdir():
        document = parse(entry.read_text(encoding="utf-8"), entry.name.removesuffix(".txt"))
        for paragraph in document.paragraphs:
            found[document.id, paragraph.label] = " ".join(paragraph.text.split())
    return found


def test_about_half_of_the_claims_are_true() -> None:
    true = sum(claim["supported"] for claim in CLAIMS)
    assert len(CLAIMS) >= 240
    assert 0.4 <= true / len(CLAIMS) <= 0.6


def test_every_kind_of_falsehood_is_there_often() -> None:
    counts = Counter(claim["kind"] for claim in CLAIMS)
    assert set(counts) == TRUE_KINDS | FALSE_KINDS | HARDER_KINDS
    assert min(counts[kind] for kind in FALSE_KINDS) >= 20


def test_the_kind_says_whether_a_claim_is_true() -> None:
    assert all(claim["supported"] == (claim["kind"] in TRUE_KINDS) for claim in CLAIMS)


def test_no_id_and_no_sentence_stands_twice() -> None:
    both = [*CLAIMS, *HELD_OUT]
    assert len({claim["id"] for claim in both}) == len(both)
    assert len({claim["sentence"] for claim in both}) == len(both)


def test_every_claim_names_a_paragraph_that_exists(texts: dict[tuple[str, str], str]) -> None:
    assert all((claim["document"], claim["label"]) in texts for claim in [*CLAIMS, *HELD_OUT])


def test_what_was_altered_stands_in_the_sentence() -> None:
    for claim in CLAIMS:
        assert ("altered" in claim) == (claim["kind"] in ALTERED_KINDS), claim["id"]
        assert claim.get("altered", "") in claim["sentence"], claim["id"]


def test_a_swapped_name_number_or_date_is_not_in_the_paragraph(texts: dict[tuple[str, str], str]) -> None:
    for claim in CLAIMS:
        if claim["kind"] in ALTERED_KINDS - {"swapped speaker"}:  # a wrong speaker may well speak in the same paragraph
            text = texts[claim["document"], claim["label"]]
            assert claim["altered"].lower() not in text.lower(), claim["id"]


def test_of_the_claims_held_out_about_half_are_true() -> None:
    true = sum(claim["supported"] for claim in HELD_OUT)
    assert 0.4 <= true / len(HELD_OUT) <= 0.6
    assert all(claim["supported"] == (claim["kind"] in HELD_OUT_TRUE) for claim in HELD_OUT)


def test_no_false_claim_stands_in_its_paragraph_word_for_word(texts: dict[tuple[str, str], str]) -> None:
    for claim in [*CLAIMS, *HELD_OUT]:
        if not claim["supported"]:
            assert claim["sentence"].lower().rstrip(".") not in texts[claim["document"], claim["label"]].lower()
