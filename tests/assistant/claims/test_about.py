from __future__ import annotations

from assistant.claims.about import disagreements


def test_a_sentence_about_the_text_tells_nothing_of_the_matter() -> None:
    assert disagreements("The document is a report about the dam.", "The dam is a success.")
    assert disagreements("The dam is described in the second paragraph.", "The dam is a success.")


def test_a_document_that_the_evidence_speaks_of_may_be_told_of() -> None:
    assert disagreements("The document was forged.", "The documents, she said, were forged.") == ()
    assert disagreements("The dam is a success.", "The dam is a success.") == ()
