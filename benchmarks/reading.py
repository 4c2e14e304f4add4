"""How fast the CSV of cables is read, and that memory does not grow with it.

python benchmarks/reading.py [--megabytes 50 200] [--parse]

For each size writes a made-up dump (multi-line fields, escaped quotes) to a temporary folder, reads it
in a process of its own as CSV and as a zip of it, and prints megabytes per second of processor time
(MB are 10^6 bytes, of the unpacked CSV; other work on the machine falls out) and peak memory.
--parse also parses every document.
"""

from __future__ import annotations

import argparse
import csv
import multiprocessing
import resource
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from index_store.formats import SourceText, read_sources, to_document

QUOTED = 'The ambassador said the "harbour dues" would stay, and asked what the minister\nmeant by his letter. '
PLAIN = "The minister did not say, but his letter of last week had spoken of a new\nscale of fees for ships. "


def rows() -> Iterator[list[str]]:
    """Rows without end, of about 7,000 characters, as real cables have."""
    number = 0
    while True:
        number += 1
        body = "\n\n".join(f"¶{n}. (C) {QUOTED}{PLAIN * 5}" for n in range(1, 11))
        header = f"P 281848Z DEC 66\nFM AMEMBASSY OSLO\nSUBJECT: HARBOUR DUES, LETTER {number}\nTAGS: PREL, NO"
        yield [str(number), "12/28/1966 18:48", f"66OSLO{number}", "Embassy Oslo", "SECRET", "66A1|66B2", header, body]


def make(path: Path, size: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL, escapechar="\\", doublequote=False, lineterminator="\n")
        for row in rows():
            writer.writerow(row)
            if file.tell() >= size:
                return


def measure(path: Path, parse: bool) -> tuple[int, float, float]:
    """Documents, seconds of processor time and peak memory in MB."""
    started = time.process_time()
    documents = 0
    for source in read_sources([path]):
        documents += isinstance(source, SourceText)
        if parse and isinstance(source, SourceText):
            to_document(source)
    return documents, time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, nargs="+", default=[50, 200])
    parser.add_argument("--parse", action="store_true")
    arguments = parser.parse_args()
    table = Table(box=None)
    for name in ("file", "MB", "documents", "MB/s", "documents/s", "peak MB"):
        table.add_column(name, justify="left" if name == "file" else "right")
    # A fresh process for each file: peak memory never goes down within one.
    fresh = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        for size in arguments.megabytes:
            plain = Path(folder) / f"{size}.csv"
            make(plain, size * 10**6)
            packed = plain.with_suffix(".zip")
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                archive.write(plain, plain.name)
            for path in (plain, packed):
                with fresh.Pool(1) as pool:
                    documents, seconds, peak = pool.apply(measure, (path, arguments.parse))
                speeds = (f"{size / seconds:.0f}", f"{documents / seconds:.0f}")
                table.add_row(path.name, str(size), str(documents), *speeds, f"{peak:.0f}")
            plain.unlink()
    Console().print(table)


if __name__ == "__main__":
    main()
