from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import THE_DOCUMENTS_DONT_SAY
from assistant.writing.draft import DraftSentence, cut_short, read_draft

MARKS = [
    ("[2]", ("2",)),
    (" [2]", ("2",)),
    ("[¶2]", ("2",)),
    (" [¶ 2]", ("2",)),
    ("[[2]]", ("2",)),
    ("[^2]", ("2",)),
    ("[2][5]", ("2", "5")),
    (" [2] [5]", ("2", "5")),
    ("[2, 5]", ("2", "5")),
    ("[1-3]", ("1", "2", "3")),
    (" [¶1–¶3]", ("1", "2", "3")),
    (" [6#2]", ("6#2",)),
    ("【2】", ("2",)),
    ("【2†source】", ("2",)),
    (" [08MOSCOW436 ¶5]", ("5",)),
    (" (08MOSCOW436 ¶5)", ("5",)),
    (" (¶5)", ("5",)),
    (" (see paragraph 5)", ("5",)),
    (" [Paragraph 5]", ("5",)),
    (" [paragraphs 2 and 5]", ("2", "5")),
    (" [99]", ("99",)),
]


@pytest.mark.parametrize(("mark", "hints"), MARKS, ids=lambda value: str(value))
def test_a_mark_is_taken_out_and_read_before_and_after_the_full_stop(mark: str, hints: tuple[str, ...]) -> None:
    for text in (f"The port is closed{mark}. Nobody works.", f"The port is closed.{mark} Nobody works."):
        first, second = read_draft(text, finished=True)
        assert first.text == "The port is closed."
        assert set(hints) <= set(first.hints)
        assert second == DraftSentence("Nobody works.")


@pytest.mark.parametrize(
    "text",
    [
        "He was told by [NAME REMOVED] to leave the city.",
        "The law of (2006) was never applied in the city.",
        "The party [sic] has lost the vote of the city.",
        "The treaty (signed in 1994) is still in force.",
    ],
)
def test_brackets_that_are_no_marks_stay(text: str) -> None:
    assert [one.text for one in read_draft(text, finished=True)] == [text]


def test_a_mark_in_mid_sentence_belongs_to_its_sentence() -> None:
    (only,) = read_draft("The port [1] and the mine [3] are closed.", finished=True)
    assert only == DraftSentence("The port and the mine are closed.", ("1", "3"))


def test_a_mark_before_its_sentence_belongs_to_the_first() -> None:
    (only,) = read_draft("[2] The port is closed.", finished=True)
    assert only == DraftSentence("The port is closed.", ("2",))


def test_markdown_is_taken_off() -> None:
    text = "## Answer\n\n- **The port** is closed. [1]\n* The `mine` is open [2].\n1. The mayor has left.\n"
    assert [one.text for one in read_draft(text, finished=True)] == [
        "The port is closed.",
        "The mine is open.",
        "The mayor has left.",
    ]


def test_a_code_fence_is_taken_off() -> None:
    assert [one.text for one in read_draft("```text\nThe port is closed. [1]\n```", finished=True)] == [
        "The port is closed."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<think>The port may be open. Or not.</think>The port is closed. [1]",
        "<think>\nThe port may be open.\n</think>\n\nThe port is closed. [1]",
        "<thinking>Let me see.</thinking> The port is closed. [1]",
        "The port may be open. I must think about it.</think>The port is closed. [1]",
    ],
)
def test_thinking_aloud_is_no_answer(text: str) -> None:
    assert [one.text for one in read_draft(text, finished=True)] == ["The port is closed."]


def test_thinking_without_an_end_is_all_thinking() -> None:
    assert read_draft("<think>The port may be open. The mine may be too.", finished=False) == []
    assert read_draft("<think>The port may be open. The mine may be too.", finished=True) == []


@pytest.mark.parametrize("lead", ["Answer: ", "According to the provided documents, ", "Based on paragraph 2, "])
def test_a_lead_in_is_taken_off(lead: str) -> None:
    (only,) = read_draft(f"{lead}the port is closed.", finished=True)
    assert only.text == "The port is closed."


def test_a_sentence_is_given_only_once_it_is_complete() -> None:
    assert read_draft("The port is closed. [1] The mi", finished=False) == [
        DraftSentence("The port is closed.", ("1",))
    ]
    assert read_draft("The port is closed", finished=False) == []
    assert read_draft("The port is closed.", finished=False) == []


def test_a_half_mark_hides_nothing_and_shows_nothing() -> None:
    assert read_draft("The port is closed. The mine is open. [", finished=False) == [
        DraftSentence("The port is closed.")
    ]


def test_an_abbreviation_ends_no_sentence() -> None:
    (only,) = read_draft("The U.S. Embassy asked Lt. Gen. Orlov about it. [1]", finished=True)
    assert only.text == "The U.S. Embassy asked Lt. Gen. Orlov about it."


def test_what_is_repeated_counts_once() -> None:
    assert len(read_draft("The port is closed. [1] " * 40, finished=True)) == 1


def test_of_a_text_that_broke_off_the_half_sentence_is_dropped() -> None:
    assert [one.text for one in cut_short("The port is closed. [1] The mine is")] == ["The port is closed."]
    assert cut_short("The port is closed. [1] The mine is open. [2")[0].text == "The port is closed."
    assert [one.text for one in cut_short("The port is closed. [1]")] == ["The port is closed."]


@pytest.mark.parametrize(
    "text",
    [
        THE_DOCUMENTS_DONT_SAY,
        "The documents don’t say.",
        "The documents do not say who paid.",
        "The provided paragraphs do not mention the price of the quay.",
        "I'm sorry, but the documents don't contain this information.",
        "The text provides no information about trade with Ukraine.",
    ],
)
def test_a_refusal_is_recognised(text: str) -> None:
    (only,) = read_draft(text, finished=True)
    assert only.refuses


@pytest.mark.parametrize(
    "text",
    ["The minister doesn't say who paid.", "The documents were signed in May.", "Nobody reads the documents."],
)
def test_a_statement_is_no_refusal(text: str) -> None:
    (only,) = read_draft(text, finished=True)
    assert not only.refuses


SENTENCES = ["The port is closed. [1] ", "- The mine [2, 3] is open.\n", "The mayor left (08MOSCOW436 ¶5). ", "Why? "]


@settings(deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4), st.integers(1, 9))
def test_growing_text_only_ever_adds_sentences(parts: list[str], size: int) -> None:
    text = "".join(parts)
    final = [one.text for one in read_draft(text, finished=True)]
    shown = 0
    for end in range(size, len(text) + size, size):
        so_far = [one.text for one in read_draft(text[:end], finished=False)]
        assert so_far == final[: len(so_far)]
        assert len(so_far) >= shown
        shown = len(so_far)


@settings(deadline=None)
@given(st.text(alphabet="[]()【】¶#^†<>/thinkabcABC .,;-–0123456789\n*`_", max_size=200))
def test_any_nonsense_is_read_without_an_error(text: str) -> None:
    for finished in (True, False):
        for sentence in read_draft(text, finished=finished):
            assert sentence.text.strip()
    cut_short(text)


@pytest.mark.parametrize(
    ("written", "labels"),
    [
        ("Trade fell in May [1 [2] 3].", ("1", "2", "3")),
        ("Trade fell in May ([1], [2]).", ("1", "2")),
        ("Trade fell in May [[2](http://example.org/x)].", ("2",)),
        ("Trade fell in May [2](http://example.org/x).", ("2",)),
        ("Trade fell in May <sup>[2]</sup>.", ("2",)),
        ("Trade fell in May <ref>2</ref>.", ("2",)),
        ("Trade fell in May \\[2\\].", ("2",)),
        ("Trade fell in May [2]\u200b.", ("2",)),
        ("Trade fell in May [99].", ("99",)),
        ("Trade fell in May [].", ()),
        ("Trade fell in May¹.", ()),
        ("[2]: Trade fell in May.", ("2",)),
    ],
)
def test_odd_marks_leave_nothing_in_the_sentence(written: str, labels: tuple[str, ...]) -> None:
    assert read_draft(written, finished=True) == [DraftSentence("Trade fell in May.", labels)]


@pytest.mark.parametrize("cut", ["[", "[1", "[¶", "[08MOSCOW436 ¶", "【2†", "(see paragraph"])
def test_a_mark_that_was_cut_off_leaves_nothing(cut: str) -> None:
    assert [sentence.text for sentence in read_draft(f"Trade fell in May {cut}", finished=True)] == [
        "Trade fell in May"
    ]


def test_brackets_around_a_removed_name_and_raised_units_stay() -> None:
    written = "The store lies at [NAME REMOVED] and covers 40 km² [2]."
    assert read_draft(written, finished=True) == [
        DraftSentence("The store lies at [NAME REMOVED] and covers 40 km².", ("2",))
    ]


@pytest.mark.parametrize("sign", ["[", "【", "(paragraph ", "[1,", "[1]", "[1 [", "<sup>1", "¹", "\\["])
def test_endless_brackets_are_read_to_their_end(sign: str) -> None:
    """A pattern that goes back and forth over them would not come back."""
    read = read_draft("Trade fell. " + sign * (12_000 // len(sign)), finished=True)
    assert read[0].text == "Trade fell."


@pytest.mark.parametrize("mark", [" [1¶¶1", " [paragraph 1", " (see source 2", " 【2†source"])
def test_a_sentence_is_not_taken_back_for_the_mark_that_grows_behind_it(mark: str) -> None:
    written = f"Trade fell.{mark}"
    read = [len(read_draft(written[:end], finished=False)) for end in range(len(written) + 1)]
    assert read == sorted(read)


@given(
    st.lists(
        st.sampled_from(["Trade fell", " [", "1", "]", ", ", "[2]", ". ", "¶", "(", ")", "【", "】", "\n"]), max_size=14
    )
)
def test_however_marks_are_broken_a_stream_only_grows(pieces: list[str]) -> None:
    written = "".join(pieces)
    before: list[str] = []
    for end in range(len(written) + 1):
        now = [sentence.text for sentence in read_draft(written[:end], finished=False)]
        assert now[: len(before)] == before
        before = now


def test_what_the_document_says_is_what_is_said() -> None:
    assert read_draft("The document says that trade fell [1].", finished=True) == [DraftSentence("Trade fell.", ("1",))]
