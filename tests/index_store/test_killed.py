"""A process that indexes may be killed at any moment, and nothing is lost, doubled or left over."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from index_store.records import PARAGRAPH_COLUMNS
from index_store.store import IndexStore
from tests.index_store.cheap import CheapEmbedding
from tests.index_store.killer import DOCUMENTS

ROOT = Path(__file__).parent.parent.parent


def content(home: Path) -> dict[str, object]:
    """Everything in a library that a reader can see."""
    with IndexStore.open(home, embedding=CheapEmbedding()) as store:
        rows = store._parts.catalog.database.rows(
            f"SELECT document, {PARAGRAPH_COLUMNS}, vector FROM paragraphs JOIN vectors USING (key) "
            "ORDER BY document, ordinal"
        )
        return {
            "paragraphs": rows,
            "documents": [store.document(summary.id) for summary in store.summaries()],
            "keywords": sorted(hit.ref for hit in store.search_keywords("treaty harbor", 1000)),
            "vectors": sorted(hit.ref for hit in store.search_vectors("treaty harbor", 2000)),
            "differences": store.check(),
        }


@pytest.mark.parametrize("seed", [1])
def test_killed_at_25_random_points_the_library_equals_one_made_without_interruption(
    quick_folder: Path, seed: int
) -> None:
    home = quick_folder / "killed"
    command = [sys.executable, "-m", "tests.index_store.killer", str(home), "25", str(seed)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    assert len(run.stdout.splitlines()) == 26
    killed, whole = content(home), content(quick_folder / "whole")
    assert len(whole["documents"]) == DOCUMENTS  # type: ignore[arg-type]
    assert killed["differences"] == whole["differences"] == []
    for name, value in whole.items():
        assert killed[name] == value, name
