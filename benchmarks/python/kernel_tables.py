"""Tables in Markdown from the rounds of kernels, with the limits wanted."""

import dataclasses
import statistics
from collections.abc import Callable

REFERENCE = "python3"
"""The kernel that ratios are to, in the same round: ipykernel."""


@dataclasses.dataclass(frozen=True)
class Limit:
    text: str
    holds: Callable[[float, float], bool]  # of the medians of value and ratio


def ratio_at_most(most, remark=""):
    return Limit(f"ratio <= {most}{remark}", lambda value, ratio: ratio is not None and ratio <= most)


def below(most, unit):
    return Limit(f"< {most} {unit}", lambda value, ratio: value < most)


def value_at_most(most, unit):
    return Limit(f"<= {most} {unit}", lambda value, ratio: value <= most)


def either(first, second):
    return Limit(f"{first.text} or {second.text}", lambda *of: first.holds(*of) or second.holds(*of))


NOTHING = Limit("0", lambda value, ratio: value == 0)


@dataclasses.dataclass(frozen=True)
class Figure:
    key: str
    name: str
    unit: str
    digits: int
    limit: Limit | None = None
    as_ratio: bool = True

    @property
    def with_unit(self):
        return f"{self.name}, {self.unit}" if self.unit else self.name


MEASURES = (
    Figure("kernel_info_s", "launch to kernel_info", "s", 2),
    Figure("first_cell_s", "launch to first cell done", "s", 2, ratio_at_most(2.0, " (aim 1.3)")),
    Figure("memory_start_mib", "memory after start", "MiB", 0, ratio_at_most(2.2)),
    Figure("memory_end_mib", "memory after all cells", "MiB", 0),
    Figure("idle_core", "idle CPU", "cores", 4, below(0.01, "cores"), as_ratio=False),
    Figure("assignment_ms", "assignment cell", "ms", 1, either(ratio_at_most(6), value_at_most(40, "ms"))),
    Figure("expression_ms", "`1+1` cell", "ms", 1),
    Figure("lines_s", "10,000 lines", "s", 3, ratio_at_most(1.5)),
    Figure("line_messages", "stream messages for them", "", 0, below(50, "messages"), as_ratio=False),
    Figure("completion_ms", "completion", "ms", 1),
    Figure("inspection_ms", "inspection", "ms", 1),
    Figure("is_complete_ms", "is_complete", "ms", 2, ratio_at_most(1.5)),
    Figure("heartbeat_ms", "heartbeat", "ms", 3, below(2, "ms")),
    Figure("interrupt_sleep_s", "interrupt of a sleep", "s", 3),
    Figure("interrupt_loop_s", "interrupt of a tight loop", "s", 3, below(1, "s")),
    Figure("core_after_loop", "CPU in the 2 s after it", "cores", 3, below(0.1, "cores"), as_ratio=False),
    Figure("shutdown_s", "shutdown", "s", 2, ratio_at_most(0.5)),
)

VOLUMES = (
    Figure("lines_s", "100,000 lines", "s", 2),
    Figure("line_messages", "stream messages for them", "", 0, as_ratio=False),
    Figure("lines_lost", "lines lost", "", 0, NOTHING, as_ratio=False),
    Figure("lines_memory_mib", "memory after them", "MiB", 0),
    Figure("display_s", "a text of 50 MB shown", "s", 2),
    Figure("display_lost", "characters lost", "", 0, NOTHING, as_ratio=False),
    Figure("display_memory_mib", "memory after it", "MiB", 0),
    Figure("queue_s", "1,000 queued cells", "s", 1),
    Figure("queue_lost", "results lost or out of place", "", 0, NOTHING, as_ratio=False),
    Figure("queue_memory_mib", "memory after them", "MiB", 0),
    Figure("snippets_s", "10,000 snippets", "s", 0),
    Figure("snippets_lost", "outputs lost", "", 0, NOTHING, as_ratio=False),
    Figure("snippets_first_ms", "a snippet of the first 500", "ms", 1),
    Figure("snippets_last_ms", "a snippet of the last 500", "ms", 1),
    Figure("snippets_memory_1000_mib", "memory after 1,000 snippets", "MiB", 0),
    Figure("snippets_memory_5000_mib", "memory after 5,000", "MiB", 0),
    Figure("snippets_memory_10000_mib", "memory after 10,000", "MiB", 0),
)


class Rounds:
    """A list of rounds, each figures by key by kernel; a figure not measured is absent."""

    def __init__(self, rounds):
        self.rounds = rounds

    def values(self, kernel, figure):
        return [round_[kernel][figure.key] for round_ in self.rounds if figure.key in round_[kernel]]

    def ratios(self, kernel, figure):
        pairs = [(round_[kernel].get(figure.key), round_.get(REFERENCE, {}).get(figure.key)) for round_ in self.rounds]
        return [value / reference for value, reference in pairs if value is not None and reference]

    def verdict(self, kernel, figure):
        values, ratios = self.values(kernel, figure), self.ratios(kernel, figure)
        if figure.limit is None:
            return ""
        if len(values) < len(self.rounds):
            return "missed: not measured in each round"
        ratio = statistics.median(ratios) if ratios else None
        return "met" if figure.limit.holds(statistics.median(values), ratio) else "missed"

    def cell(self, numbers, digits):
        """Median and quartiles; says in how many rounds there was a figure, if not in all."""
        if not numbers:
            return "none"
        text = f"{statistics.median(numbers):.{digits}f}"
        if len(numbers) > 1:
            low, _, high = statistics.quantiles(numbers, n=4, method="inclusive")
            text += f" [{low:.{digits}f}, {high:.{digits}f}]"
        return text if len(numbers) == len(self.rounds) else f"{text}, {len(numbers)} of {len(self.rounds)} rounds"


def with_limits(rounds, figures, kernel):
    """One kernel beside the reference."""
    lines = [f"| measure | {REFERENCE} | {kernel} | ratio | wanted | |", "|---|---|---|---|---|---|"]
    for figure in figures:
        reference, own = (rounds.cell(rounds.values(name, figure), figure.digits) for name in (REFERENCE, kernel))
        ratio = rounds.cell(rounds.ratios(kernel, figure), 2) if figure.as_ratio else ""
        wanted = figure.limit.text if figure.limit else ""
        lines.append(f"| {figure.with_unit} | {reference} | {own} | {ratio} | {wanted} | {rounds.verdict(kernel, figure)} |")
    return lines


def side_by_side(rounds, figures, kernels):
    """Several kernels as ratios to the reference; what is no ratio is as it was measured."""
    lines = ["| measure | " + " | ".join(kernels) + " |", "|---" * (len(kernels) + 1) + "|"]
    for figure in figures:
        name, of, digits = (
            (figure.name, rounds.ratios, 2) if figure.as_ratio else (figure.with_unit, rounds.values, figure.digits)
        )
        cells = [rounds.cell(of(kernel, figure), digits) for kernel in kernels]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines
