"""What a paragraph says that the one before introduces: 'The paper comments:'"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.conversation import Assistant
from assistant.quoting.attribution import LONGEST_ATTRIBUTION, whose_words
from assistant.settings import Settings
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


def test_the_paragraph_that_answers_stands_before_the_one_that_announces_it(press: Assistant) -> None:
    answer = press.ask("What did the Copper Star think of the sugar levy?")
    assert answer.retrieved[0].label == "2"


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
