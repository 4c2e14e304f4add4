"""The words of a sentence that answer the question."""

from assistant.quoting.emphasis import telling_spans


def test_a_long_reason_is_emphasised_in_whole_words() -> None:
    text = "She left because " + "the autumn storms " * 10 + "came."
    ((start, end),) = telling_spans(text, "Why did she leave?", {"reason"})
    assert text[start:end].startswith("because the autumn")
    assert not text[end].isalpha()


def test_a_word_that_merely_begins_the_sentence_is_no_person() -> None:
    assert telling_spans("Rumors went round the harbor.", "Who likes the ferry?", {"person"}) == ()
    assert telling_spans("Brandt praised the ferry.", "Who likes it?", {"person"}) == ((0, 6),)


def test_whoever_begins_a_sentence_and_is_said_who_it_is_is_a_person() -> None:
    for behind in (", 47, a nurse,", ", the mayor,", ", who leads the strike,"):
        assert telling_spans(f"Brandt{behind} wants the ferry kept.", "Who likes it?", {"person"}) == ((0, 6),)
    assert telling_spans("Instead, a strike began.", "Who likes it?", {"person"}) == ()


def test_towns_and_currencies_are_no_persons() -> None:
    text = "Ilse Brandt bought the works at Lozova for USD 3 million."
    ((start, end),) = telling_spans(text, "Who bought the works?", {"person"})
    assert text[start:end] == "Ilse Brandt"


def test_a_newspaper_s_name_is_no_person_and_a_title_belongs_to_its_bearer() -> None:
    text = 'The "Farmers\' Way" was founded by President Brandt.'
    ((start, end),) = telling_spans(text, "Who founded it?", {"person"})
    assert text[start:end] == "President Brandt"
