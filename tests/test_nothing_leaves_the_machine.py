"""Indexing, asking and serving work, and try no other machine, where only loopback sockets may connect."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# -r: root of a user namespace, which needs no privilege where the kernel allows it; -n: a network of loopback only.
NAMESPACE = ["unshare", "-r", "-n", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]

WHOLE_USE = """
set -e
"$PYTHON" tests/only_loopback.py "$LOG" assistant.cli index --samples > index.txt
"$PYTHON" tests/only_loopback.py "$LOG" assistant.cli ask --json "Who supports the Union State and why?" > answer.json
"$PYTHON" tests/only_loopback.py "$LOG" assistant.cli serve --port $PORT > serve.txt 2>&1 &
server=$!
trap 'kill $server' EXIT
"$PYTHON" -c '
import os, time, urllib.request
for attempt in range(600):
    try:
        page = urllib.request.urlopen("http://127.0.0.1:%s/" % os.environ["PORT"]).read()
        break
    except OSError:
        time.sleep(0.1)
open("page.html", "wb").write(page)
'
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def has_namespaces() -> bool:
    if not (shutil.which("unshare") and shutil.which("ip")):
        return False
    return subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode == 0


@pytest.mark.model
def test_index_ask_and_serve_reach_for_no_other_machine(tmp_path: Path) -> None:
    log = tmp_path / "attempts.txt"
    environment = {
        **os.environ,
        "PYTHON": sys.executable,
        "LOG": str(log),
        "PORT": str(free_port()),
        "PYTHONPATH": str(ROOT),
    }
    script = WHOLE_USE.replace("tests/only_loopback.py", str(ROOT / "tests" / "only_loopback.py"))
    prefix = NAMESPACE if has_namespaces() else []
    done = subprocess.run(
        [*prefix, "sh", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert not log.exists(), log.read_text(encoding="utf-8")
    assert "SAMPLE" in (tmp_path / "answer.json").read_text(encoding="utf-8")
    assert b"Pilcrow" in (tmp_path / "page.html").read_bytes()


def test_the_guard_refuses_and_writes_down_another_machine(tmp_path: Path) -> None:
    module = tmp_path / "phones_home.py"
    module.write_text("import socket; socket.create_connection(('192.0.2.1', 9), timeout=1)", encoding="utf-8")
    log = tmp_path / "attempts.txt"
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests" / "only_loopback.py"), str(log), "phones_home"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert done.returncode != 0
    assert "192.0.2.1" in log.read_text(encoding="utf-8")
