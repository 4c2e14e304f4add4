from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.evaluation.questions import QuestionSet, read_question_set, write_question_set
from index_store.documents import ParagraphRef
from index_store.errors import BadQuestionSet

SINGLE = {"id": "q1", "question": "Who spoke?", "gold": [{"document": "08PARIS1", "label": "2"}], "facts": [["Ivanov"]]}


def read(folder: Path, text: str, name: str = "set.jsonl") -> QuestionSet:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_question_set([path])


def errors(folder: Path, text: str, name: str = "set.jsonl") -> list[str]:
    with pytest.raises(BadQuestionSet) as raised:
        read(folder, text, name)
    return str(raised.value).splitlines()


def test_a_single_question_is_read_with_its_defaults(tmp_path: Path) -> None:
    question = read(tmp_path, json.dumps(SINGLE)).questions[0]
    assert (question.id, question.type, question.answerable, question.need) == ("q1", "untyped", True, "any")
    assert question.gold == (ParagraphRef("08PARIS1", "2"),)
    assert question.facts == (("Ivanov",),)


def test_the_turns_of_a_dialogue_have_ids_with_their_number(tmp_path: Path) -> None:
    turn = {key: value for key, value in SINGLE.items() if key != "id"}
    item = read(tmp_path, json.dumps({"id": "d01", "turns": [turn, turn]})).items[0]
    assert item.dialogue
    assert [question.id for question in item.questions] == ["d01/1", "d01/2"]
    assert {question.type for question in item.questions} == {"dialogue"}


def test_need_any_asks_for_one_of_all_gold_paragraphs(tmp_path: Path) -> None:
    gold = [{"document": "A", "label": "1"}, {"document": "A", "label": "2"}]
    question = read(tmp_path, json.dumps(SINGLE | {"gold": gold})).questions[0]
    assert question.needed == ((ParagraphRef("A", "1"), ParagraphRef("A", "2")),)


def test_need_all_asks_for_each_gold_paragraph(tmp_path: Path) -> None:
    gold = [{"document": "A", "label": "1"}, {"document": "A", "label": "2"}]
    question = read(tmp_path, json.dumps(SINGLE | {"gold": gold, "need": "all"})).questions[0]
    assert question.needed == ((ParagraphRef("A", "1"),), (ParagraphRef("A", "2"),))


def test_groups_are_needed_one_paragraph_each_and_count_as_gold(tmp_path: Path) -> None:
    groups = [[{"document": "A", "label": "1"}, {"document": "B", "label": "1"}], [{"document": "C", "label": "6#2"}]]
    question = read(tmp_path, json.dumps(SINGLE | {"gold": [], "need": "all", "groups": groups})).questions[0]
    assert [len(group) for group in question.needed] == [2, 1]
    assert question.gold == (ParagraphRef("A", "1"), ParagraphRef("B", "1"), ParagraphRef("C", "6#2"))


def test_every_error_of_all_files_is_named_with_file_and_line(tmp_path: Path) -> None:
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    first.write_text('{"id": "q1"}\n\nno json\n', encoding="utf-8")
    second.write_text('{"question": "Why?", "gold": 3}\n', encoding="utf-8")
    with pytest.raises(BadQuestionSet) as raised:
        read_question_set([first, second])
    lines = str(raised.value).splitlines()
    assert any(line.startswith(f"{first}:1: 'question' is missing") for line in lines)
    assert any(line.startswith(f"{first}:3: not a line of JSON") for line in lines)
    assert any(line.startswith(f"{second}:1: 'id' is missing") for line in lines)
    assert any(line.startswith(f"{second}:1: 'gold' must be a list") for line in lines)


def test_an_id_given_twice_names_both_places(tmp_path: Path) -> None:
    line = json.dumps(SINGLE)
    assert errors(tmp_path, f"{line}\n{line}\n") == [
        f"{tmp_path}/set.jsonl:2: the id 'q1' is given at {tmp_path}/set.jsonl:1 too; every id must be unique"
    ]


def test_a_turn_may_not_take_the_id_of_a_single_question(tmp_path: Path) -> None:
    turn = {"question": "Why?", "gold": SINGLE["gold"]}
    lines = [json.dumps(SINGLE | {"id": "d1/1"}), json.dumps({"id": "d1", "turns": [turn]})]
    assert "'d1/1' is given" in errors(tmp_path, "\n".join(lines))[0]


def test_a_misspelt_key_is_an_error_that_names_the_right_one(tmp_path: Path) -> None:
    wrong = {key: value for key, value in SINGLE.items() if key != "facts"} | {"fact": [["x"]]}
    assert "unknown key 'fact'; is 'facts' meant?" in errors(tmp_path, json.dumps(wrong))[0]


def test_a_key_of_ones_own_is_a_notice_only(tmp_path: Path) -> None:
    questions = read(tmp_path, json.dumps(SINGLE | {"answer": "me"}))
    assert questions.notices == (f"{tmp_path}/set.jsonl:1: the key 'answer' means nothing here and is passed over",)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"answerable": "no"}, "'answerable' must be true or false"),
        ({"need": "some"}, "'need' must be"),
        ({"facts": ["Ivanov"]}, "'facts' must be a list of lists"),
        ({"facts": [[""]]}, "not empty"),
        ({"gold": [{"document": "A"}]}, 'needs a "document" and a "label"'),
        ({"groups": [[]]}, "none of them empty"),
        ({"question": " "}, "'question' must be text, and not empty"),
        ({"question": "x" * 4001}, "at most 4000"),
    ],
)
def test_a_wrong_value_is_an_error(tmp_path: Path, change: dict[str, object], message: str) -> None:
    assert message in errors(tmp_path, json.dumps(SINGLE | change))[0]


def test_lines_that_begin_with_a_hash_are_comments(tmp_path: Path) -> None:
    assert len(read(tmp_path, f"# a comment\n{json.dumps(SINGLE)}\n").items) == 1


def test_a_byte_order_mark_is_no_part_of_the_first_line(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(SINGLE).encode())
    assert len(read_question_set([path]).items) == 1


def test_a_file_that_is_not_utf8_is_named_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_bytes(b"{}\n\xff")
    with pytest.raises(BadQuestionSet, match=r"set\.jsonl:2: not UTF-8"):
        read_question_set([path])


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadQuestionSet, match=r"nothing\.jsonl: No such file"):
        read_question_set([tmp_path / "nothing.jsonl"])


def test_a_set_without_questions_is_an_error(tmp_path: Path) -> None:
    assert "no question in it" in errors(tmp_path, "\n")[0]


def test_yaml_says_the_same_as_json(tmp_path: Path) -> None:
    text = """
# a comment
- id: q1
  question: Who spoke?
  gold:
    - {document: 08PARIS1, label: 2}
  facts: [[Ivanov]]
"""
    from_json = read(tmp_path, json.dumps(SINGLE))
    assert read(tmp_path, text, "set.yaml").fingerprint == from_json.fingerprint


def test_yaml_numbers_and_dates_are_the_text_that_stands_there(tmp_path: Path) -> None:
    text = "- id: 007\n  question: When?\n  gold: [{document: 08PARIS1, label: 02}]\n  facts: [[2005-03-01, 1.50]]\n"
    question = read(tmp_path, text, "set.yaml").questions[0]
    assert (question.id, question.gold[0].label, question.facts) == ("007", "02", (("2005-03-01", "1.50"),))


def test_an_error_in_yaml_is_named_with_the_line_it_stands_on(tmp_path: Path) -> None:
    text = "- id: q1\n  question: Who?\n  gold:\n    - {document: A, label: 1}\n    - {document: B}\n"
    assert errors(tmp_path, text, "set.yaml")[0].startswith(f"{tmp_path}/set.yaml:5: ")


def test_an_alias_that_holds_itself_is_an_error(tmp_path: Path) -> None:
    assert "holds itself" in errors(tmp_path, "- id: q1\n  question: Who?\n  gold: &a [*a]\n", "set.yaml")[0]


def test_yaml_that_is_no_list_is_an_error(tmp_path: Path) -> None:
    assert "is a list" in errors(tmp_path, "id: q1\nquestion: Who?\n", "set.yaml")[0]


def test_what_is_written_is_read_back_the_same(tmp_path: Path) -> None:
    turn = {"question": "And why?", "gold": SINGLE["gold"], "need": "all", "groups": [SINGLE["gold"]]}
    text = "\n".join(json.dumps(thing) for thing in (SINGLE, {"id": "d1", "turns": [turn, turn]}))
    before = read(tmp_path, text)
    write_question_set(tmp_path / "again.jsonl", before.items)
    assert read_question_set([tmp_path / "again.jsonl"]).fingerprint == before.fingerprint


def names_its_file(path: Path) -> bool:
    """Whether the set is read, or refused with a message that begins with the file's name."""
    try:
        read_question_set([path])
    except BadQuestionSet as error:
        return str(error).startswith(str(path))
    return True


@pytest.mark.parametrize("name", ["set.jsonl", "set.yaml"])
def test_a_set_that_is_nested_too_deeply_is_an_error(tmp_path: Path, name: str) -> None:
    assert "nested too deeply" in errors(tmp_path, "[" * 3000, name)[0]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
keys = st.sampled_from(["id", "question", "turns", "gold", "groups", "facts", "need", "type", "answerable", "label"])
sets = st.one_of(
    st.text(max_size=200),
    st.lists(st.dictionaries(keys, json_values, max_size=8).map(json.dumps), max_size=4).map("\n".join),
    st.integers(1, 2).map(lambda power: "[" * 10**power),
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=sets, suffix=st.sampled_from([".jsonl", ".yaml"]))
def test_no_text_raises_anything_but_a_bad_question_set(tmp_path: Path, text: str, suffix: str) -> None:
    path = tmp_path / f"set{suffix}"
    path.write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
    assert names_its_file(path)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=100), suffix=st.sampled_from([".jsonl", ".yaml"]))
def test_no_bytes_raise_anything_but_a_bad_question_set(tmp_path: Path, data: bytes, suffix: str) -> None:
    path = tmp_path / f"set{suffix}"
    path.write_bytes(data)
    assert names_its_file(path)
