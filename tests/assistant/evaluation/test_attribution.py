from __future__ import annotations

import pytest

from assistant.evaluation.attribution import attribution_kept, sentences, speakers


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("Deputy Minister Ivanov told PolOff that the bridge opened in 2005.", ("Ivanov",)),
        ("According to Petrova, the strike ended.", ("Petrova",)),
        ("Karl Berg, the mayor of Lund, said the harbor was closed.", ("Berg",)),
        ("Anna Lind also argued that prices rose.", ("Lind",)),
        ("He said it was over.", ()),
        ("Dr. Eva Lind of the Sea Institute at Lund told us that cod is back.", ("Lind",)),
        ("Bishop Jan Olaf of San Marco called for a vote, because, he said, none was held.", ("Olaf",)),
        ("Anna Lind came late; in her view nothing was lost.", ("Lind",)),
        ("The Ambassador noted that prices rose.", ()),
        ("The harbor was closed.", ()),
        ("Berg's deputy was silent, but Olga Sidorova-Meier claimed otherwise.", ("Sidorova-Meier",)),
    ],
)
def test_who_speaks_in_a_sentence(sentence: str, named: tuple[str, ...]) -> None:
    assert speakers(sentence) == named


def test_a_title_with_a_full_stop_ends_no_sentence() -> None:
    assert sentences("Mr. Berg spoke. Dr. Lind left.") == ["Mr. Berg spoke.", "Dr. Lind left."]


GOLD = ["Karl Berg said the harbor was closed. Anna Lind said it was open."]


def test_an_answer_that_names_the_speaker_keeps_the_attribution() -> None:
    assert attribution_kept("Berg said so: it was closed.", [["closed"]], GOLD) is True


def test_an_answer_that_drops_the_speaker_loses_the_attribution() -> None:
    assert attribution_kept("The harbor was closed.", [["closed"]], GOLD) is False


def test_the_speaker_of_another_sentence_does_not_count() -> None:
    assert attribution_kept("Lind: it was closed.", [["closed"]], GOLD) is False


def test_without_a_named_speaker_there_is_nothing_to_keep() -> None:
    assert attribution_kept("Closed.", [["closed"]], ["The harbor was closed."]) is None


def test_a_possessive_names_the_speaker_too() -> None:
    assert attribution_kept("In Berg's view it was closed.", [["closed"]], GOLD) is True


def test_he_said_is_said_by_the_last_one_named_above() -> None:
    gold = ["Anna Lind came. Karl Berg, the mayor, said little. The harbor, he added, was closed."]
    assert attribution_kept("Berg: closed.", [["closed"]], gold) is True
    assert attribution_kept("Lind: closed.", [["closed"]], gold) is False
