"""The same library with a Chroma server that the test starts."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.generated import cables
from index_store.errors import ChromaUnreachable, LibraryDamaged
from index_store.store import IndexStore
from tests.index_store.cheap import CheapEmbedding

DOCUMENTS = list(cables(8, words=20, paragraphs=5))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = free_port()
    folder = tmp_path_factory.mktemp("server")
    program = Path(sys.executable).with_name("chroma")
    command = [str(program), "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
    url = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{url}/api/v2/heartbeat", timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    else:
        process.kill()
        pytest.fail("chroma run did not come up")
    yield url
    process.terminate()
    process.wait(20)


def opened(home: Path, url: str | None) -> IndexStore:
    return IndexStore.open(home, chroma_url=url, embedding=CheapEmbedding())


def test_a_server_serves_the_same_as_the_embedded_chroma(tmp_path: Path, server: str) -> None:
    with opened(tmp_path / "here", None) as here, opened(tmp_path / "there", server) as there:
        for store in (here, there):
            store.index(DOCUMENTS)
            store.remove([DOCUMENTS[0].stem])
            assert store.check() == []
        found = here.search_vectors("the treaty", 20)
        assert [hit.ref for hit in there.search_vectors("the treaty", 20)] == [hit.ref for hit in found]
        assert there.status().chroma == server
        assert not list((tmp_path / "there").glob("chroma/*"))
    with opened(tmp_path / "there", server) as there:
        assert [hit.ref for hit in there.search_vectors("the treaty", 20)] == [hit.ref for hit in found]
        assert there.index(DOCUMENTS[1:]).unchanged == 7


def test_two_libraries_share_a_server(tmp_path: Path, server: str) -> None:
    with opened(tmp_path / "a", server) as a, opened(tmp_path / "b", server) as b:
        a.index(DOCUMENTS[:4])
        b.index(DOCUMENTS[4:])
        assert a.check() == b.check() == []
        assert {hit.ref.document for hit in a.search_vectors("the", 500)} == {d.stem for d in DOCUMENTS[:4]}
        b.repair()
        assert a.check() == b.check() == []


def test_a_library_moves_to_a_server_and_back(tmp_path: Path, server: str) -> None:
    for url in (None, server, None):
        with opened(tmp_path / "library", url) as store:
            before = store.search_vectors("the treaty", 10)
            store.index(DOCUMENTS)
            assert store.check() == []
            after = [hit.ref for hit in store.search_vectors("the treaty", 10)]
            assert len(after) == 10
            assert before == [] or [hit.ref for hit in before] == after


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    with opened(tmp_path / "library", url) as store, pytest.raises(ChromaUnreachable, match=url):
        store.index(DOCUMENTS)
    with opened(tmp_path / "library", None) as store:
        store.index(DOCUMENTS)
        assert store.check() == []
    with opened(tmp_path / "library", url) as store, pytest.raises(ChromaUnreachable, match=url):
        store.search_vectors("the treaty", 10)


def test_a_server_that_lost_its_vectors_is_named_and_repaired(tmp_path: Path, server: str) -> None:
    import chromadb

    with opened(tmp_path / "library", server) as store:
        store.index(DOCUMENTS)
        prefix = store._parts.vectors._place._prefix  # type: ignore[attr-defined]
    client = chromadb.HttpClient(host="127.0.0.1", port=int(server.rsplit(":", 1)[1]))
    for collection in client.list_collections():
        if collection.name.startswith(prefix):
            client.delete_collection(collection.name)
    with opened(tmp_path / "library", server) as store:
        with pytest.raises(LibraryDamaged, match="pilcrow check --repair"):
            store.search_vectors("the treaty", 5)
        assert [difference.index for difference in store.check()] == ["vectors"]
        assert store.repair() == []
        assert store.search_vectors("the treaty", 5)
