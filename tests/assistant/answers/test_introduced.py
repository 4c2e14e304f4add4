"""What a paragraph says that the one before introduces: 'The paper comments:'"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.conversation import Assistant
from assistant.quoting.attribution import LONGEST_ATTRIBUTION, whose_words
from assistant.retrieval import ranking
from assistant.retrieval.inference import passages
from assistant.retrieval.rerank import text_in_context
from assistant.settings import Settings
from index_store.documents import ParagraphRef
from index_store.formats import read_sources
from index_store.store import IndexStore

PRESS = """UNCLAS LUSAKA 000731

TAGS: KPAO, ECON, ZA
SUBJECT: MEDIA REACTION: THE SUGAR LEVY

1. The independent daily "Copper Star" gave its May 3 editorial to the new sugar levy, which growers and bakers alike
had fought since March. Under the headline "A sour tax" the paper comments:

2. "Whoever drew up this levy has never stood in a bakery. Bread will rise by a third before Christmas, and the growers
will sell over the border. The minister should withdraw it while he can."

3. The embassy's own sugar imports are exempt.
"""


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder: Path = tmp_path_factory.mktemp("press")
    (folder / "03LUSAKA731.txt").write_text(PRESS, encoding="utf-8")
    home = tmp_path_factory.mktemp("press-library")
    with IndexStore.open(home) as store:
        store.index(read_sources([folder]))
        yield Assistant.open(Settings(home=home), store)


def final_score(press: Assistant, label: str) -> float:
    candidates = press.ask("What did the Copper Star think of the sugar levy?").details["candidates"]
    return next(float(row["final"]) for row in candidates if row["label"] == label)


def test_a_paragraph_that_announces_another_loses(press: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    announcing, answering = final_score(press, "1"), final_score(press, "2")
    monkeypatch.setattr(ranking, "ANNOUNCED", 0.0)
    assert announcing == pytest.approx(final_score(press, "1") - 2.0, abs=0.01)
    assert answering == pytest.approx(final_score(press, "2"), abs=0.01)


def test_a_paragraph_is_read_behind_what_introduces_it(press: Assistant) -> None:
    [node] = press.store.nodes([ParagraphRef("03LUSAKA731", "2")])
    assert "Copper Star" in text_in_context(node)
    assert text_in_context(node).endswith(node.text)
    assert all("Copper Star" in passage for passage in passages(node))


def test_what_is_introduced_is_told_with_who_says_it_and_quoted_without(press: Assistant) -> None:
    first = press.ask("What did the Copper Star think of the sugar levy?").sentences[0]
    assert first.text.startswith('[Under the headline "A sour tax" the paper comments:] "')
    assert first.citations[0].label == "2"
    assert "headline" not in first.citations[0].quote


def test_a_sentence_that_only_announces_what_follows_is_not_told_beside_it(press: Assistant) -> None:
    told = press.ask("What did the Copper Star think of the sugar levy?").sentences
    assert not any(one.text.endswith(":") for one in told)


def test_words_that_say_nothing_of_whose_words_follow_are_passed_over() -> None:
    assert whose_words("The editor wrote a defiant piece. Excerpts follow:") == "The editor wrote a defiant piece."


def test_nobody_is_named_at_great_length() -> None:
    assert whose_words(f"The paper {'and the editor ' * LONGEST_ATTRIBUTION} comments:") == ""
