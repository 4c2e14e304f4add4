from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from assistant.evaluation.charts import figure_text, risk_curve, scatter
from assistant.evaluation.compare import compare_folders
from assistant.evaluation.compare_page import comparison_html
from assistant.evaluation.metrics import Judged
from assistant.evaluation.report import anchor, marked, report_html
from assistant.evaluation.runner import Run, run
from assistant.evaluation.runs import RunFolder, RunInfo
from assistant.evaluation.summary import summarise
from tests.assistant.evaluation.scripted import (
    A1,
    A2,
    ScriptedAssistant,
    answer,
    judged,
    question,
    question_set,
    refusal,
    sentence,
    texts,
)

INFO = RunInfo("scripted", ("set.jsonl",), 2, "f", {"rerank": 20}, {"documents": 3}, "2026-01-02T03:04:05+00:00", "x")
EVIL = "<script>alert(1)</script> \"'& </style>"


class Elements(HTMLParser):
    """Collects the elements with their attributes, and the text outside scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self.inside = tag

    def handle_data(self, data: str) -> None:
        if self.inside not in {"script", "style"}:
            self.text += data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def report(*each: Judged, **other: Any) -> Elements:
    return Elements(report_html(summarise(INFO, each), each))


def two() -> tuple[Judged, Judged]:
    opened = sentence("the bridge opened in 2005", A1)
    return (
        judged(question("a/1", "When?", A1, facts=(("2005",),)), answer("When?", opened, ranked=[A1], score=2.0)),
        judged(question("b", "Who?", A2, type="name"), refusal("Who?", [A1])),
    )


def test_the_report_names_nothing_outside_itself() -> None:
    page = report(*two())
    assert not any(tag in {"link", "img", "iframe", "object"} for tag, _ in page.found)
    named = [value for _, attributes in page.found for key, value in attributes.items() if key in {"src", "href"}]
    assert all(value is not None and value.startswith("#") for value in named)


def test_every_question_stands_in_the_report_with_its_outcome() -> None:
    entries = report(*two()).of("details")
    assert [(entry["id"], entry["data-outcome"]) for entry in entries] == [
        ("q-a-1", "right"),
        ("q-b", "wrongly refused"),
    ]


def test_one_question_is_told_in_the_singular() -> None:
    assert "1 questions" not in report(two()[0]).text


def test_texts_of_questions_answers_and_documents_are_escaped() -> None:
    given = answer(EVIL, sentence(EVIL, A1), notices=(EVIL,), ranked=[A1])
    asked = question(EVIL, EVIL, A1, type=EVIL, facts=((EVIL,),))
    page = report(judged(asked, given))
    assert len(page.of("script")) == 1
    assert EVIL in page.text


def test_a_report_of_a_run_that_was_stopped_at_once_can_be_read() -> None:
    assert "0 questions were put" in report().text


def test_the_facts_are_marked_where_they_stand() -> None:
    assert marked("In 2005, not 20051.", ["2005"]) == [
        ("text", "In "),
        ("fact", "2005"),
        ("text", ", not "),
        ("fact", "2005"),
        ("text", "1."),
    ]


def test_a_short_fact_is_marked_as_a_whole_word_only() -> None:
    assert marked("US, USSR", ["us"]) == [("fact", "US"), ("text", ", USSR")]


def test_anchors_have_no_sign_that_a_link_can_not_have() -> None:
    assert re.fullmatch(r"q-[\w-]+", anchor("d01/2 <x>"))


def test_figures_read_in_their_unit() -> None:
    assert [figure_text(0.705, "share"), figure_text(0.0849, "seconds"), figure_text(None, "share")] == [
        "70.5 %",
        "85 ms",
        "–",
    ]


def test_charts_of_nothing_are_nothing() -> None:
    assert (str(risk_curve([])), str(scatter([]))) == ("", "")


def test_a_scatter_shows_each_setting_once() -> None:
    drawn = str(scatter([("keywords <only>", 0.01, 0.4), ("hybrid", 1.0, 0.7)]))
    assert drawn.count("<circle") == 2
    assert "keywords &lt;only&gt;" in drawn


def test_the_comparison_page_shows_what_changed(tmp_path: Path) -> None:
    opened = answer("When?", sentence("the bridge opened in 2005", A1), ranked=[A1])
    questions = question_set(question("q0", "When?", A1, facts=(("2005",),)), question("q1", "Who?", A1))
    for name, answers in (("a", {}), ("b", {"When?": opened})):
        run(Run(questions, ScriptedAssistant(answers), texts, name=name), tmp_path / name)
    page = Elements(comparison_html(compare_folders(tmp_path / "a", tmp_path / "b")))
    assert "b against a" in page.text
    assert [entry["data-outcome"] for entry in page.of("details")] == ["right"]


def test_a_report_of_a_runs_folder_shows_the_gold_text(tmp_path: Path) -> None:
    questions = question_set(question("q0", "When?", A1, facts=(("2005",),)))
    run(Run(questions, ScriptedAssistant({}), texts), tmp_path)
    info, found = RunFolder(tmp_path).load()
    page = Elements(report_html(summarise(info, found), found))
    assert "It cost USD 20 million." in page.text
