"""One served page for all browser tests: `python app.py` over a library of its own, driven by Debian's chromium."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",  # chromium wants it where tests run as root
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
START = 300
"""Seconds that the server may take to load the models and to fill the library."""
WIDE, PHONE = (1400, 900), (390, 844)

expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark and, without chromium, skip what stands in this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="chromium is not installed: sudo apt-get install chromium"))


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library folder of the served page."""
    return tmp_path_factory.mktemp("served") / "library"


@pytest.fixture(scope="session")
def address(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the page is served, over the sample library."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("log") / "server.txt"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PILCROW_")}
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, str(ROOT / "app.py"), "--port", str(port)],
            env={**kept, "PILCROW_HOME": str(home), "HOME": str(home.parent)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(url, server, log)
        yield url
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"the page was not served:\n{log.read_text(encoding='utf-8', errors='replace')}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One chromium for all tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens the page as a new visitor; afterwards no other host was asked for anything and no script failed."""
    contexts, outside, errors = [], [], []

    def ask_nobody_else(url: str) -> None:
        if not url.startswith((address, "data:", "blob:", "about:")):
            outside.append(url)

    def open_page(size: tuple[int, int] = WIDE, *, dark: bool = False, client: str | None = None) -> Page:
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            accept_downloads=True,
            permissions=["clipboard-read", "clipboard-write"],
            # What a proxy on this machine would say of a browser on another.
            extra_http_headers={"X-Forwarded-For": client} if client else {},
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: ask_nobody_else(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        expect(page.locator("#question textarea")).to_be_visible()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert outside == []
    assert errors == []


@pytest.fixture
def save(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Saves a screenshot where a person can look: in `screenshots/`, or the folder that PILCROW_SCREENSHOTS names."""
    folder = Path(SCREENSHOTS)
    folder.mkdir(parents=True, exist_ok=True)

    def save(page: Page, name: str) -> None:
        page.screenshot(path=folder / f"{re.sub(r'[^a-z0-9]+', '-', name.lower())}.png")

    return save


# Read here because each test's environment is cleared of what begins with PILCROW_.
SCREENSHOTS = os.environ.get("PILCROW_SCREENSHOTS") or str(ROOT / "screenshots")


def ask(page: Page, question: str) -> None:
    """Ask and wait for the whole answer."""
    answers = page.locator(".answer .toolbar")
    before = answers.count()
    box = page.locator("#question textarea")
    box.fill(question)
    box.press("Enter")
    expect(answers).to_have_count(before + 1)


def open_tab(page: Page, name: str) -> None:
    """Press one of the tabs at the top."""
    page.get_by_role("tab", name=name).click()


def contrast(page: Page, selector: str) -> float:
    """The contrast of an element's text with what is painted behind it, after WCAG 2."""
    value: float = page.locator(selector).first.evaluate(
        """(element) => {
          const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
          const rgba = (colour) => {
            canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
            return [...canvas.getImageData(0, 0, 1, 1).data];
          };
          let behind = element, back = rgba(getComputedStyle(behind).backgroundColor);
          while (back[3] < 255 && behind.parentElement) {
            behind = behind.parentElement; back = rgba(getComputedStyle(behind).backgroundColor);
          }
          const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
            .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const [a, b] = [light(rgba(getComputedStyle(element).color)), light(back)].sort((x, y) => y - x);
          return (a + 0.05) / (b + 0.05);
        }"""
    )
    return value
