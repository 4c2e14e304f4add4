"""Questions that an empty chat offers: about the sample library where it is there."""

from __future__ import annotations

from index_store.store import IndexStore

SAMPLE_QUESTIONS = (
    "Who supports the Union State and why?",
    "Why did work on the Kelas dam stop?",
    "How large was trade between Smolensk and Belarus in 2007?",
    "According to Embassy Bucharest, when will the Hungarian link work?",
)


def example_questions(store: IndexStore) -> tuple[str, ...]:
    """The sample questions, or none where the library has no sample documents."""
    return SAMPLE_QUESTIONS if store.status().samples else ()
