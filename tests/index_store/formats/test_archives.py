"""Archives: what is in them, and what tries to do harm."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from index_store.formats import SourceText, Unreadable, read_sources, streams
from index_store.formats.streams import BOMB
from tests.index_store.formats.making import dump, pdf, refusals, row, texts, written


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(members: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in members.items():
            data = content.encode() if isinstance(content, str) else content
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def inside(path: Path, *exclude: str) -> list[str]:
    return [source.origin.split("!", 1)[1] for source in texts(path, exclude)]


MEMBERS = {"b.txt": "Words of b.", "a/z.txt": "Words of z.", "a/c.md": "Words of c."}


def test_members_of_a_zip_come_sorted_by_name(tmp_path: Path) -> None:
    assert inside(written(tmp_path / "a.zip", zipped(MEMBERS))) == ["a/c.md", "a/z.txt", "b.txt"]


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.tar", lambda data: data),
        ("a.tar.gz", gzip.compress),
        ("a.tgz", gzip.compress),
        ("a.tar.bz2", bz2.compress),
        ("a.tar.xz", lzma.compress),
        ("nameless", gzip.compress),
    ],
)
def test_members_of_a_tar_come_as_they_stand(tmp_path: Path, name: str, pack: object) -> None:
    assert inside(written(tmp_path / name, pack(tarred(MEMBERS)))) == list(MEMBERS)  # type: ignore[operator]


def test_every_format_is_read_inside(tmp_path: Path) -> None:
    members: dict[str, bytes | str] = {
        "a.csv": dump([row(1), row(2)]),
        "b.html": "<p>Words.</p>",
        "c.jsonl": '{"id": "A", "text": "Words."}',
        "d.pdf": pdf([("Words.", 700, 11)]),
        "e.xml": "<TEI><text><body><p>Words.</p></body></text></TEI>",
    }
    wanted = ["CSV", "CSV", "HTML", "JSON Lines", "PDF", "TEI XML"]
    assert [s.format for s in texts(written(tmp_path / "a.zip", zipped(members)))] == wanted
    assert [s.format for s in texts(written(tmp_path / "b.tgz", gzip.compress(tarred(members))))] == wanted


def test_a_single_compressed_file_is_read(tmp_path: Path) -> None:
    (source,) = texts(written(tmp_path / "note.txt.gz", gzip.compress(b"Words.")))
    assert (source.text, source.stem, source.format) == ("Words.", "note", "text")


def test_archives_in_archives_are_read_to_a_depth(tmp_path: Path) -> None:
    inner = zipped({"a.txt": "Words."})
    assert inside(written(tmp_path / "two.zip", zipped({"in.zip": inner}))) == ["in.zip!a.txt"]
    deep = inner
    for _ in range(4):
        deep = zipped({"in.zip": deep})
    assert refusals(written(tmp_path / "deep.zip", deep))[0].reason.startswith("an archive nested too deep")


def test_a_tar_in_a_zip_and_a_zip_in_a_tar_are_read(tmp_path: Path) -> None:
    packed = gzip.compress(tarred({"a.txt": "Words."}))
    assert inside(written(tmp_path / "a.zip", zipped({"in.tar.gz": packed}))) == ["in.tar.gz!a.txt"]
    assert inside(written(tmp_path / "a.tar", tarred({"in.zip": zipped({"a.txt": "Words."})}))) == ["in.zip!a.txt"]


def test_hidden_and_excluded_members_are_passed_over(tmp_path: Path) -> None:
    members = {"__MACOSX/._a.txt": "x", ".git/b": "x", "drafts/c.txt": "x", "d.txt": "Words."}
    for name, data in (("a.zip", zipped(members)), ("a.tar", tarred(members))):
        assert inside(written(tmp_path / name, data), "drafts") == ["d.txt"]


@pytest.mark.parametrize("name", ["../escape.txt", "a/../../escape.txt", "/etc/escape.txt", "C:/escape.txt", "..\\x"])
def test_names_that_point_outside_are_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    members = {name: "x", "b.txt": "Words."}
    written(folder / "a.zip", zipped(members))
    written(folder / "a.tar", tarred(members))
    before = sorted(tmp_path.rglob("*"))
    items = list(read_sources([folder]))
    assert [item.reason for item in items if isinstance(item, Unreadable)] == [
        "its name points outside the archive: not read"
    ] * 2
    assert any(isinstance(item, SourceText) and item.text == "Words." for item in items)
    assert sorted(tmp_path.rglob("*")) == before


def test_links_in_a_tar_are_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        link = tarfile.TarInfo("passwords.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert refusals(written(tmp_path / "a.tar", out.getvalue()))[0].reason.startswith("a link or device")


def test_an_encrypted_member_is_reported_and_the_next_is_read(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": "Secret.", "b.txt": "Words."}))
    data[6] |= 1  # the flag in the first member's own header, and in the list at the end
    data[data.index(b"PK\x01\x02") + 8] |= 1
    refused, read = read_sources([written(tmp_path / "a.zip", bytes(data))])
    assert refused.reason.startswith("encrypted")  # type: ignore[union-attr]
    assert read.text == "Words."  # type: ignore[union-attr]


def test_a_damaged_member_is_reported_and_the_next_is_read(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": "Words of a. " * 100, "b.txt": "Words."}))
    data[50] ^= 0xFF
    refused, read = read_sources([written(tmp_path / "a.zip", bytes(data))])
    assert refused.origin.endswith("a.zip!a.txt")
    assert read.text == "Words."  # type: ignore[union-attr]


def noise(count: int) -> str:
    """Text that packs badly, so that cutting the file cuts members."""
    return "".join(f"{(n * 7919) % 104729:x} " for n in range(count))


def test_a_truncated_tar_gz_gives_what_stands_before_the_cut(tmp_path: Path) -> None:
    whole = gzip.compress(tarred({"a.txt": noise(20_000), "b.txt": noise(20_000)}))
    items = list(read_sources([written(tmp_path / "a.tar.gz", whole[: len(whole) * 3 // 4])]))
    assert isinstance(items[0], SourceText)
    assert all(isinstance(item, Unreadable) for item in items[1:])
    assert items[-1].reason.startswith("ends too early")  # type: ignore[union-attr]


@pytest.mark.parametrize("cut", [100, 700, 1536, 3000])
def test_a_truncated_tar_is_reported(tmp_path: Path, cut: int) -> None:
    whole = tarred({"a.txt": "Words.", "b.txt": "Words." * 200})
    assert refusals(written(tmp_path / "a.tar", whole[:cut]))


def test_a_damaged_header_in_a_tar_is_not_taken_for_its_end(tmp_path: Path) -> None:
    data = bytearray(tarred({"a.txt": "Words.", "b.txt": "Words.", "c.txt": "Words."}))
    data[1024 + 150] ^= 0xFF
    items = list(read_sources([written(tmp_path / "a.tar", bytes(data))]))
    assert isinstance(items[0], SourceText)
    assert items[-1].reason.startswith("a damaged tar archive")  # type: ignore[union-attr]


@pytest.mark.parametrize("cut", [10, 40, 200])
def test_a_truncated_zip_or_gz_is_reported(tmp_path: Path, cut: int) -> None:
    for name, data in (("a.zip", zipped({"a.txt": noise(500)})), ("a.txt.gz", gzip.compress(noise(500).encode()))):
        (refusal,) = refusals(written(tmp_path / name, data[:cut]))
        assert "\n" not in refusal.reason


@pytest.fixture
def small_allowance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "ALWAYS_ALLOWED", 2**20)
    monkeypatch.setattr(streams, "LARGEST_RATIO", 1)


@pytest.mark.usefixtures("small_allowance")
def test_a_bomb_is_stopped(tmp_path: Path) -> None:
    blanks = bytes(40 * 2**20)
    written(tmp_path / "a.zip", zipped({"a.csv": blanks, "b.txt": "Words."}))
    written(tmp_path / "b.txt.gz", gzip.compress(blanks))
    written(tmp_path / "c.tar.gz", gzip.compress(tarred({"a.txt": blanks, "b.txt": "Words."})))
    written(tmp_path / "d.zip", zipped({"in.zip": zipped({"a.txt": blanks})}))
    reasons = {item.origin.rpartition("/")[2]: item.reason for item in refusals(tmp_path)}
    assert reasons["a.zip"] == reasons["b.txt.gz"] == reasons["c.tar.gz"] == reasons["d.zip"] == BOMB


@pytest.mark.usefixtures("small_allowance")
def test_many_members_share_one_allowance(tmp_path: Path) -> None:
    members: dict[str, bytes | str] = {f"{n:03}.txt": "words " * 20_000 for n in range(100)}
    items = list(read_sources([written(tmp_path / "a.zip", zipped(members))]))
    assert sum(isinstance(item, SourceText) for item in items) < 20
    assert items[-1].reason == BOMB  # type: ignore[union-attr]


def test_members_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams.Allowance, "of", classmethod(lambda cls, _: cls(2**20, files_left=3)))
    items = list(read_sources([written(tmp_path / "a.zip", zipped({f"{n}.txt": "Words." for n in range(9)}))]))
    assert len(items) < 9


def test_an_empty_archive_is_reported(tmp_path: Path) -> None:
    for name, data in (("a.zip", zipped({})), ("a.tar", tarred({}))):
        assert refusals(written(tmp_path / name, data))[0].reason.startswith("no file to read in this archive")
