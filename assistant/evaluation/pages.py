"""What the report, the comparison and the grid have in common: templates, style, and how values read."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assistant.evaluation import charts
from assistant.evaluation.metrics import METRICS
from assistant.settings_form import pilcrow_version

TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, **values: Any) -> str:
    """A template of this package with the values, the style and the functions that all of them use."""
    return _environment().get_template(template).render(css=text_of("report.css"), version=pilcrow_version(), **values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["slug"] = lambda text: text.replace(" ", "-")
    environment.globals |= {
        "interval": charts.interval,
        "difference": charts.difference,
        "figure_text": charts.figure_text,
        "p_text": charts.p_text,
        "range_text": charts.range_text,
        "units": {metric.name: metric.unit for metric in METRICS},
    }
    return environment


def text_of(name: str) -> Markup:
    """A file among the templates, as it is."""
    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))  # our own file: nothing in it to escape


def day(moment: str) -> str:
    """A day in plain words out of ISO 8601; the text itself where it is none."""
    try:
        return f"{datetime.fromisoformat(moment):%d %B %Y}".lstrip("0")
    except ValueError:
        return moment
