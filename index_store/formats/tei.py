"""TEI XML of editions of historical documents: each `<div type="document">` is one document.

Read as a stream: what stands outside the documents is dropped as it passes, a document when its
last element is closed. Entities are never expanded and nothing is fetched; a file that declares
entities of its own is refused. Footnotes are the editors' and are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO

from index_store.documents import Header
from index_store.formats.blocks import TextBuilder, one_line
from index_store.formats.facts import read_date
from index_store.formats.refusal import Refusal
from index_store.formats.source import Input, Item, SourceText, Unreadable
from index_store.formats.streams import seekable
from index_store.formats.tei_text import Element, Rendering, is_document, name_of

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def read_tei(source: Input) -> Iterator[Item]:
    """The documents in the order they stand in; an outer document before those it holds.

    A TEI file without document divisions is one document: its body.
    """
    stream = seekable(source.stream)
    beginning = stream.tell()
    number = 0
    for element in _documents(stream, is_document):
        number += 1
        yield _item(source, element, number)
    if not number:
        stream.seek(beginning)
        for element in _documents(stream, lambda element: name_of(element) == "body"):
            number += 1
            yield _item(source, element, 0 if number == 1 else number)
    if not number:
        raise Refusal("XML without a TEI document: only TEI editions are read")


def _documents(stream: BinaryIO, wanted: Callable[[Element], bool]) -> Iterator[Element]:
    """Elements that are wanted, complete, each given before the wanted ones inside it."""
    from lxml import etree  # only for this format

    depth = 0
    root = None
    try:
        for event, element in etree.iterparse(
            stream,
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        ):
            if root is None:
                root = element
                _refuse_entities(root)
                if name_of(root) not in ("TEI", "TEI.2", "teiCorpus", "text", "div", "body"):
                    raise Refusal("XML, but no TEI edition: save the documents as text, HTML or TEI")
            if event == "start":
                depth += wanted(element)
                continue
            if wanted(element):
                depth -= 1
                if depth == 0:
                    yield from [inner for inner in element.iter() if wanted(inner)]
            if depth == 0:
                _drop(element)
    except etree.XMLSyntaxError as error:
        raise Refusal(f"no well-formed XML (line {error.lineno}): {one_line(error.msg or '')[:120]}") from None


def _drop(element: Element) -> None:
    """Free an element and those before it; a large file never stands in memory as a whole."""
    element.clear()
    while element.getprevious() is not None and element.getparent() is not None:
        del element.getparent()[0]


def _refuse_entities(root: Element) -> None:
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise Refusal("it declares XML entities of its own, which are never expanded: write their text in their place")


def _item(source: Input, element: Element, number: int) -> Item:
    """`number` is 0 for the only document of a file, whose name then is the file's."""
    name = element.get(XML_ID) or element.get("id") or (f"d{number}" if number else "")
    origin = f"{source.origin}#{name}" if name else source.origin
    rendering = Rendering(element)
    if not rendering.builder.parts:
        return Unreadable(origin, "a document division without text: nothing to read")
    header = Header(
        date=read_date(rendering.date) if rendering.date else None,
        subject=rendering.title,
        signature=rendering.signature,
    )
    return SourceText(
        origin,
        rendering.builder.text,
        f"{source.stem}-{name}" if name else source.stem,
        document_id=f"{source.stem}-{name}" if name else None,
        kind=_kind(rendering.builder),
        header=header if header != Header() else None,
        asides=tuple(rendering.builder.asides),
        blocks_are_paragraphs=True,
    )


def _kind(builder: TextBuilder) -> str | None:
    if builder.surely_numbered:
        return "numbered"
    return "prose" if builder.prose else None
