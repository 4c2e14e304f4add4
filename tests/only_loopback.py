"""Run a Python command in which only loopback sockets may connect; every other attempt is written down and refused.

python tests/only_loopback.py LOG MODULE ARGUMENT...  runs `python -m MODULE ARGUMENT...` so.

The audit hook (PEP 578) sees the connections that Python makes. Those of compiled libraries are out of its
sight; the caller puts the process into a network namespace that has nothing but loopback where it can.
"""

from __future__ import annotations

import ipaddress
import runpy
import socket
import sys
from pathlib import Path
from typing import Any


def is_local(host: object) -> bool:
    """Whether a host name or address means this machine."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(str(name).split("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def forbid_other_hosts(log: Path) -> None:
    """Refuse, for the rest of the process, to look up or connect to any other machine."""

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in ("socket.connect", "socket.sendto"):
            connection, address = arguments
            if connection.family not in (socket.AF_INET, socket.AF_INET6):
                return
            host = address[0]
        elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
            host = arguments[0]
        else:
            return
        if not is_local(host):
            with log.open("a", encoding="utf-8") as file:
                file.write(f"{event} {host}\n")
            raise OSError(f"{host} is not this machine")

    sys.addaudithook(hook)


if __name__ == "__main__":
    forbid_other_hosts(Path(sys.argv[1]))
    sys.path.pop(0)  # this file's folder, whose names would hide the packages of the project
    sys.argv = sys.argv[2:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
