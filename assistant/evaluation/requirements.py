"""What a run must reach, for use in CI: `--require full=0.7 --require latency_p95=2`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evaluation.charts import figure_text
from assistant.evaluation.metrics import BY_NAME
from assistant.evaluation.summary import Summary
from index_store.errors import BadSetting


@dataclass(frozen=True, slots=True)
class Requirement:
    """A metric and the value that it must reach; times and wrong refusals must not exceed theirs."""

    name: str
    bound: float

    def shortfall(self, summary: Summary) -> str | None:
        """One line about what is missing; None where the requirement is met."""
        metric = BY_NAME[self.name]
        value = summary["overall"][self.name]["value"]
        bound = figure_text(self.bound, metric.unit)
        side = "at least" if metric.higher_is_better else "at most"
        if value is None:
            return f"{self.name}: no question of the set measures it; {side} {bound} is required"
        missing = self.bound - value if metric.higher_is_better else value - self.bound
        if missing <= 1e-9:
            return None
        unit = " s" if metric.unit == "seconds" else ""
        direction = "short of" if metric.higher_is_better else "over"
        return f"{self.name}: {value:.4g}{unit}, {missing:.3g}{unit} {direction} {self.bound:g}{unit}"


def read_requirement(text: str) -> Requirement:
    """Read `name=value`; raises BadSetting where the metric isn't known or the value is no number."""
    name, sign, value = text.partition("=")
    if not sign or name not in BY_NAME:
        raise BadSetting(f"--require takes METRIC=VALUE, not {text!r}; the metrics are {', '.join(BY_NAME)}")
    try:
        bound = float(value)
    except ValueError:
        bound = float("nan")
    if not 0 <= bound < 1e9:
        raise BadSetting(f"--require {name}: {value!r} is no number from 0 up")
    if BY_NAME[name].bounded and bound > 1:
        raise BadSetting(f"--require {name}: the value is at most 1, not {value}; write 70 % as 0.7")
    return Requirement(name, bound)


def shortfalls(requirements: Sequence[Requirement], summary: Summary) -> list[str]:
    """A line for each requirement that is not met."""
    return [line for requirement in requirements if (line := requirement.shortfall(summary))]
