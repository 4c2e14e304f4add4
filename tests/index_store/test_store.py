"""The library: what goes in, what comes out, what is found."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.generated import cables
from index_store import indexing, vectors
from index_store import store as store_module
from index_store.chroma import Shard
from index_store.documents import ParagraphRef
from index_store.errors import LibraryOfAnotherModel, UnknownDocument, UnknownParagraph
from index_store.filters import Filters
from index_store.formats import SourceText, Unreadable, read_sources, to_document
from index_store.store import IndexStore
from tests.index_store.cables import LABELS, cable
from tests.index_store.cheap import CheapEmbedding


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def store(home: Path) -> Iterator[IndexStore]:
    with IndexStore.open(home, embedding=CheapEmbedding(numbers=128)) as opened:
        yield opened


TWELVE = [replace(source, origin=f"/cables/{source.stem}.txt") for source in cables(12, words=25, paragraphs=5)]


def prose(name: str, text: str, folder: str = "/notes") -> SourceText:
    return SourceText(f"{folder}/{name}.txt", text, name, kind="prose")


def test_a_document_comes_out_as_the_parser_made_it(store: IndexStore) -> None:
    store.index(TWELVE)
    for source in TWELVE:
        document = to_document(source)
        assert store.document(document.id) == document


def test_the_same_files_again_change_nothing_and_are_not_parsed(
    store: IndexStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.index(TWELVE)
    monkeypatch.setattr(indexing, "to_document", None)
    generation = store._parts.catalog.generation()
    report = store.index(TWELVE)
    assert (report.added, report.replaced, report.unchanged) == (0, 0, 12)
    assert store._parts.catalog.generation() == generation


def test_a_changed_file_replaces_its_document(store: IndexStore) -> None:
    store.index([prose("a", "The harbor opened."), prose("b", "The treaty failed.")])
    report = store.index([prose("a", "The harbor closed.")])
    assert (report.added, report.replaced) == (0, 1)
    assert [p.text for p in store.document("a").paragraphs] == ["The harbor closed."]
    assert store.search_keywords("opened", 5) == []
    assert store.search_keywords("closed", 5)[0].ref == ParagraphRef("a", "1")
    assert store.status().documents == 2
    assert store.check() == []


def test_another_file_with_another_text_of_one_id_is_reported_and_the_first_kept(store: IndexStore) -> None:
    report = store.index([prose("a", "First."), prose("a", "Second.", "/other")])
    assert report.added == 1
    assert [row.origin for row in report.conflicts] == ["/other/a.txt"]
    assert "/notes/a.txt" in (report.conflicts[0].reason or "")
    assert store.document("a").source == "First."


def test_replace_takes_the_new_text_of_a_conflict(store: IndexStore) -> None:
    store.index([prose("a", "First.")])
    report = store.index([prose("a", "Second.", "/other")], replace=True)
    assert (report.replaced, report.conflicts) == (1, [])
    assert store.document("a").source == "Second."


def test_a_renamed_file_is_no_new_document(store: IndexStore) -> None:
    store.index([prose("a", "The harbor opened.")])
    report = store.index([prose("b", "The harbor opened.")])
    assert (report.added, report.unchanged) == (0, 1)
    assert [summary.id for summary in store.summaries()] == ["a"]


def test_one_text_under_two_message_numbers_is_two_documents(store: IndexStore) -> None:
    text = TWELVE[0].text
    report = store.index(
        [SourceText("/c/05PARIS1.txt", text, "05PARIS1"), SourceText("/c/05PARIS2.txt", text, "05PARIS2")]
    )
    assert report.added == 2
    assert store.twins("05PARIS1") == ("05PARIS2",)


def test_a_document_that_shares_few_paragraphs_is_no_twin(store: IndexStore) -> None:
    store.index([prose("a", "One.\n\nTwo.\n\nThree."), prose("b", "One.\n\nFour.\n\nFive."), prose("c", "ONE!\n\ntwo")])
    assert store.twins("a") == ("c",)


def test_unreadable_files_and_texts_without_words_are_listed_with_their_reason(store: IndexStore) -> None:
    report = store.index([Unreadable("/x.bin", "a binary file"), *TWELVE[:1]])
    assert [(row.origin, row.reason) for row in report.unreadable] == [("/x.bin", "a binary file")]
    assert report.added == 1


def test_progress_counts_documents_and_paragraphs_and_the_time_left(store: IndexStore) -> None:
    seen: list[store_module.Progress] = []
    report = store.index(TWELVE, progress=seen.append, total=12)
    assert [p.documents for p in seen] == sorted(p.documents for p in seen)
    assert (seen[-1].documents, seen[-1].paragraphs) == (12, report.paragraphs)
    assert seen[-1].seconds_left == 0
    assert seen[0].seconds_left is not None
    assert seen[0].seconds_left >= 0


def test_a_stopped_indexing_keeps_what_is_done_and_goes_on_from_there(store: IndexStore) -> None:
    stop = threading.Event()

    def sources() -> Iterator[SourceText]:
        for number, source in enumerate(TWELVE):
            if number == 5:
                stop.set()
            yield source

    report = store.index(sources(), stop=stop)
    assert report.interrupted
    assert report.added == 6
    assert store.check() == []
    report = store.index(TWELVE)
    assert (report.added, report.unchanged) == (6, 6)


def test_ctrl_c_stops_at_the_next_document(store: IndexStore) -> None:
    import os
    import signal

    def sources() -> Iterator[SourceText]:
        for number, source in enumerate(TWELVE):
            if number == 3:
                os.kill(os.getpid(), signal.SIGINT)
            yield source

    before = signal.getsignal(signal.SIGINT)
    report = store.index(sources())
    assert report.interrupted
    assert report.added == 4
    assert signal.getsignal(signal.SIGINT) == before


def test_a_failing_source_keeps_what_is_done(store: IndexStore) -> None:
    def sources() -> Iterator[SourceText]:
        yield from TWELVE[:4]
        raise RuntimeError("the disk went away")

    with pytest.raises(RuntimeError, match="went away"):
        store.index(sources())
    assert store.check() == []
    assert store.status().documents == 4


def test_remove_takes_documents_out_of_all_three_and_names_the_unknown(store: IndexStore) -> None:
    store.index(TWELVE)
    removed, unknown = store.remove([TWELVE[0].stem, "NOSUCH1"])
    assert (removed, unknown) == ((TWELVE[0].stem,), ("NOSUCH1",))
    assert store.check() == []
    assert len(store.summaries()) == 11
    with pytest.raises(UnknownDocument):
        store.document(TWELVE[0].stem)
    assert len(store._parts.vectors.keys()) == store.status().paragraphs


def test_unknown_paragraphs_are_named(store: IndexStore) -> None:
    store.index(TWELVE[:1])
    with pytest.raises(UnknownParagraph, match="has no paragraph 99"):
        store.paragraph(ParagraphRef(TWELVE[0].stem, "99"))
    with pytest.raises(UnknownDocument, match="NOSUCH1"):
        store.paragraph(ParagraphRef("NOSUCH1", "1"))


def test_a_node_embeds_subject_and_heading_but_its_text_is_exact(store: IndexStore) -> None:
    store.index(TWELVE[:1])
    document = store.document(TWELVE[0].stem)
    paragraph = document.paragraphs[1]
    node = store.nodes([ParagraphRef(document.id, paragraph.label)])[0]
    assert node.node_id == f"{document.id}¶{paragraph.label}"
    assert node.text == paragraph.text
    assert node.get_content("embed") == f"{document.header.subject}\n{paragraph.heading}\n{paragraph.text}"
    assert node.metadata["start"] == paragraph.start
    assert node.metadata["date"] == document.header.date.isoformat()  # type: ignore[union-attr]


def test_samples_are_flagged_and_taken_out_again(store: IndexStore) -> None:
    store.index(TWELVE[:1])
    report = store.add_samples()
    assert report.added >= 12
    assert store.status().samples == report.added
    assert store.add_samples().unchanged == report.added
    assert len(store.remove_samples()) == report.added
    assert [summary.id for summary in store.summaries()] == [TWELVE[0].stem]


def test_any_words_may_be_asked_for(store: IndexStore) -> None:
    store.index(TWELVE)
    for query in ('"', "AND", "a:b", "treaty AND (", "text:[1 TO", "\\", "+-!^~*?", "", " ", "é\ud800", "w" * 20_000):
        store.search_keywords(query, 5)
    assert store.search_keywords("treaties", 3)  # by its stem


def test_a_phrase_in_quotes_counts_more(store: IndexStore) -> None:
    store.index([prose("a", "The union of the old state."), prose("b", "The old union state.")])
    assert store.search_keywords('"union state"', 2)[0].ref.document == "b"
    assert len(store.search_keywords("union state", 2)) == 2


@pytest.mark.parametrize("few", [1, 10_000])
def test_every_filter_narrows_both_searches(store: IndexStore, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "_FEW_DOCUMENTS", few)
    monkeypatch.setattr(store_module, "_FEW_PARAGRAPHS", few)
    store.index(TWELVE)
    summaries = {summary.id: summary for summary in store.summaries()}
    one = summaries[TWELVE[2].stem]
    cases = {
        Filters(documents=(one.id,)): lambda s: s.id == one.id,
        Filters(posts=("pariS",)): lambda s: s.post == "Embassy Paris",
        Filters(posts=("embassy minsk", "Paris")): lambda s: s.post in ("Embassy Minsk", "Embassy Paris"),
        Filters(tags=("econ",)): lambda s: "ECON" in s.tags,
        Filters(classifications=("confidential",)): lambda s: True,
        Filters(after=datetime(2005, 1, 1, tzinfo=UTC)): lambda s: s.date >= "2005",
        Filters(before=datetime(2005, 1, 1, tzinfo=UTC)): lambda s: s.date < "2005",
        Filters(posts=("Atlantis",)): lambda s: False,
    }
    query = "the treaty of the minister"
    for within, fits in cases.items():
        wanted = {s.id for s in summaries.values() if fits(s)}
        for search in (store.search_keywords, store.search_vectors):
            found = {hit.ref.document for hit in search(query, 500, within)}
            assert found <= wanted
            assert found == wanted or search == store.search_keywords
            best = [hit for hit in search(query, 500) if hit.ref.document in wanted][:3]
            assert search(query, 3, within) == [hit._replace(score=pytest.approx(hit.score, abs=1e-4)) for hit in best]
    labelled = store.search_vectors(query, 500, Filters(documents=(one.id,), labels=("1", "2")))
    assert sorted(hit.ref.label for hit in labelled) == ["1", "2"]


@pytest.mark.parametrize(
    ("speakers", "kept"),
    [
        (("Nora Banks",), {"banks", "capitals"}),  # not the bank of the river
        (("Omar al-Sayegh",), {"sayegh"}),
        (("Nora Banks", "Sayegh"), {"banks", "capitals", "sayegh"}),
        (("Ruiz-Ortega",), {"ortega"}),
        (("Nobody",), set()),
    ],
)
def test_a_speaker_is_a_surname_that_stands_as_a_word(
    store: IndexStore, speakers: tuple[str, ...], kept: set[str]
) -> None:
    texts = {
        "banks": "Engineer Nora Banks said that the river rises.",
        "capitals": "MRS. BANKS DENIED THAT THE RIVER RISES.",
        "bank": "The river has flooded its left bank.",
        "sayegh": "In Sayegh's view the river falls.",
        "ortega": "Ruiz-Ortega told us that the river is dry.",
    }
    store.index([prose(name, text) for name, text in texts.items()])
    for search in (store.search_keywords, store.search_vectors):
        assert {hit.ref.document for hit in search("the river", 10, Filters(speakers=speakers))} == kept
    both = Filters(speakers=speakers, documents=("banks",))
    assert {hit.ref.document for hit in store.search_vectors("the river", 10, both)} == kept & {"banks"}


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("C O N F I D E N T I A L SECTION 01 OF 02 ASHGABAT 000042 NOFORN", True),
        ("CONFIDENTIAL//NOFORN ASHGABAT 000042", True),
        ("C O N F I D E N T I A L ASHGABAT 000042", False),
    ],
)
def test_a_caption_is_read_off_a_cables_header(store: IndexStore, printed: str, kept: bool) -> None:
    labels = LABELS.replace("C O N F I D E N T I A L ASHGABAT 000042", printed)
    text = cable("1. (C) The talks on the treaty resume.", labels=labels)
    store.index([SourceText("/cables/06ASHGABAT42.txt", text, "06ASHGABAT42")])
    for search in (store.search_keywords, store.search_vectors):
        assert bool(search("the treaty", 5, Filters(classifications=("CONFIDENTIAL",), caveats=("noforn",)))) == kept


@pytest.mark.parametrize(("after", "before", "kept"), [(1997, 1998, True), (1998, 1999, False), (1995, 1997, False)])
def test_a_cable_that_prints_no_date_was_sent_in_the_year_of_its_number(
    store: IndexStore, after: int, before: int, kept: bool
) -> None:
    store.index([prose("97TARVOS12", "The treaty of the harbour.")])
    within = Filters(after=datetime(after, 1, 1, tzinfo=UTC), before=datetime(before, 1, 1, tzinfo=UTC))
    assert bool(store.search_vectors("the treaty", 5, within)) == kept


def test_vectors_are_found_whether_chroma_has_them_yet_or_not(store: IndexStore) -> None:
    store.index(TWELVE)
    before = store.search_vectors("the treaty", 10)
    store._parts.vectors.close()
    store._parts.catalog.set_meta(chroma_place="elsewhere")  # nothing of Chroma counts
    compared = store.search_vectors("the treaty", 10)
    assert [hit.ref for hit in compared] == [hit.ref for hit in before]


def test_shards_are_filled_one_after_the_other(store: IndexStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "SHARD_SIZE", 20)
    monkeypatch.setattr(vectors, "_STEP", 10)
    report = store.index(TWELVE)
    assert len(store._parts.vectors._rows()) == -(-report.paragraphs // 20)
    assert len({hit.ref for hit in store.search_vectors("the", 1000)}) == report.paragraphs
    assert store.check() == []
    store.remove([TWELVE[1].stem])
    assert store.check() == []


def test_adding_and_checking_hold_two_shards_in_memory_at_most(
    store: IndexStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "SHARD_SIZE", 10)
    monkeypatch.setattr(vectors, "_STEP", 5)
    index = store._parts.vectors
    most = 0
    open_one = index._place.open

    def counted(number: int, generation: int, *, new: bool = False) -> Shard:
        nonlocal most
        most = max(most, len(index._shards) + 1)
        return open_one(number, generation, new=new)

    monkeypatch.setattr(index._place, "open", counted)
    store.index(TWELVE)
    assert most == 1
    store.check()
    assert len(index._rows()) > 3
    assert most == 2  # the last one written, and the one looked at


def test_the_best_are_found_where_one_shard_has_them_all(store: IndexStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "SHARD_SIZE", 20)
    monkeypatch.setattr(vectors, "_STEP", 10)
    monkeypatch.setattr(vectors, "_AT_LEAST", 1)
    zebras = prose("zebras", "\n\n".join(f"Zebra, quagga, zebra, okapi {number}." for number in range(16)))
    store.index([zebras, *TWELVE])
    assert len(store._parts.vectors._rows()) > 3
    assert [hit.ref.document for hit in store.search_vectors("zebra quagga okapi", 16)] == ["zebras"] * 16


def test_a_library_of_another_model_is_refused(store: IndexStore, home: Path) -> None:
    store.index(TWELVE[:1])
    with pytest.raises(LibraryOfAnotherModel, match="cheap"):
        IndexStore.open(home, embedding=CheapEmbedding(model_name="dear"))
    with pytest.raises(LibraryOfAnotherModel):
        IndexStore.open(home)


def test_a_library_knows_its_words_posts_tags_and_dates(store: IndexStore) -> None:
    store.index(TWELVE)
    known = store.vocabulary()
    assert "Embassy Paris" in known.posts
    assert "PREL" in known.tags
    assert (known.first_date or "") < (known.last_date or "")
    assert store.document_frequency("treaty") == store.document_frequency("treaties") > 0
    assert store.document_frequency("nosuchword") == 0


def test_a_word_is_found_by_a_spelling_near_to_it(store: IndexStore) -> None:
    store.index(TWELVE)
    assert store.search_spellings("treatty", 5)
    assert store.search_spellings("nosuchword", 5) == []


def test_many_threads_may_search_while_one_indexes(store: IndexStore) -> None:
    store.index(TWELVE[:4])
    failures: list[BaseException] = []
    done = threading.Event()

    def search() -> None:
        try:
            while not done.is_set():
                assert store.search_vectors("the treaty", 5)
                assert store.search_keywords("the treaty", 5)
                store.nodes([hit.ref for hit in store.search_keywords("minister", 5)])
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    store.index(TWELVE[4:])
    done.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert store.check() == []


def test_pruning_takes_out_what_has_left_the_folder_and_nothing_else(store: IndexStore, tmp_path: Path) -> None:
    folder, other = tmp_path / "cables", tmp_path / "other"
    for place in (folder, other):
        place.mkdir()
        for name in ("a", "b", "c"):
            (place / f"{place.name}-{name}.txt").write_text(f"The {place.name} {name} harbor.")
    store.index(read_sources([folder, other]))
    (folder / "cables-a.txt").unlink()
    (folder / "cables-b.txt").rename(folder / "renamed.txt")
    (other / "other-a.txt").unlink()
    report = store.index(read_sources([folder], exclude=["cables-c.txt"]), prune=[folder])
    assert report.pruned == 1
    assert [s.id for s in store.summaries()] == ["cables-b", "cables-c", "other-a", "other-b", "other-c"]


def test_a_folder_that_is_not_there_prunes_nothing(store: IndexStore, tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    (folder / "a.txt").write_text("The harbor.")
    store.index(read_sources([folder]))
    folder.rename(tmp_path / "unmounted")
    assert store.index(read_sources([folder]), prune=[folder]).pruned == 0
    assert not store.is_empty()


def test_an_env_file_in_the_working_folder_does_not_reach_chroma(
    store: IndexStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("CHROMA_API_IMPL=nonsense\nCHROMA_OTEL_COLLECTION_ENDPOINT=http://192.0.2.1\n")
    monkeypatch.chdir(tmp_path)
    store.index(TWELVE[:1])
    assert store.check() == []
