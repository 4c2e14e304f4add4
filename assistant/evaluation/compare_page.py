"""The comparison of two runs as one page and as one sentence."""

from __future__ import annotations

from assistant.evaluation import charts
from assistant.evaluation.compare import Comparison, Difference
from assistant.evaluation.pages import render


def comparison_html(comparison: Comparison) -> str:
    """Two runs side by side as one page, see compare.py."""
    shares = [each for each in comparison.differences if each.metric.bounded]
    reach = max((abs(bound) for each in shares for bound in (each.low, each.high)), default=0.0)
    return render(
        "compare.html",
        title=f"{comparison.name_b} against {comparison.name_a}",
        comparison=comparison,
        lead=comparison_lead(comparison),
        reach=max(reach, 0.05),
        signed=signed,
        lists=[("What got worse", comparison.worse), ("What got better", comparison.better)],
    )


def comparison_lead(comparison: Comparison) -> str:
    """The comparison in one sentence or two."""
    text = (
        f"Of {comparison.common} questions in both runs {len(comparison.better)} got better and"
        f" {len(comparison.worse)} got worse."
    )
    full = next((each for each in comparison.differences if each.name == "full"), None)
    if full is None:
        return text
    verdict = {"better": "That is better", "worse": "That is worse"}.get(full.verdict, "That may be chance")
    before, after = charts.share(full.before), charts.share(full.after)
    p = charts.p_text(full.p) if full.p < 0.001 else f"= {charts.p_text(full.p)}"
    return f"{text} Complete and cited went from {before} to {after}. {verdict} (p {p})."


def signed(difference: Difference) -> str:
    """A difference with its sign: '+4.2 %' are percentage points, '-85 ms'."""
    text = charts.figure_text(abs(difference.difference), difference.metric.unit)
    if not any(digit in text for digit in "123456789"):
        return text
    return ("+" if difference.difference > 0 else "−") + text
