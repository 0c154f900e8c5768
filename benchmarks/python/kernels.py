"""Measures Jupyter kernels beside ipykernel, in interleaved rounds, each kernel started afresh in each.

    .spd/venv/bin/python benchmarks/python/kernels.py [--volume] [--kernels spd-java python3 ...] [--rounds N] [--write]

Half a minute per kernel and round, on a quiet machine; with --volume ten. Prints tables in Markdown, writes all figures to
benchmarks/target/kernels.json (kernels-volume.json), and with --write replaces its section of benchmarks/RESULTS.md.
"""

import argparse
import collections
import datetime
import importlib.metadata
import json
import platform
import signal
import sys
import time
import typing

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

import kernel_measures
import kernel_tables
import kernel_volumes
import results_file
from java_program import ROOT
from kernel_process import Unanswered
from kernel_session import Session
from kernel_tables import REFERENCE
from machine import java_version, processor

DEFAULT_KERNELS = ("spd-java", REFERENCE)


class Mode(typing.NamedTuple):
    title: str
    report: str  # the file of all figures
    rounds: int  # unless others are asked for
    measure: typing.Callable
    figures: tuple
    prose: str


SINGLE_PROSE = """Each kernel is started afresh in each round, in an order that rotates, with empty folders for its settings and its
history, and runs the same work in its language. Medians over the rounds [quartiles]; within a round a cell or request is the
median of up to 50, a heartbeat of 100, and the 10,000 lines of 3. Ratios are to ipykernel (`python3`) in the same round. Memory
is resident, summed over the kernel's processes. A cell is done when its reply and its idle have come; a shutdown, when all its
processes have ended. The sleep and the loop are interrupted after one second, and the shutdown follows them. A kernel that does
not answer is replaced by a fresh one for what comes next."""

VOLUME_PROSE = """Each kernel prints 100,000 lines, shows a text of 50 MB and answers 1,000 cells that were sent at once; a fresh one
then runs 10,000 snippets one after the other, by turns an assignment to a new name, a value and a printed line. All that comes
back is compared with what must come, and what is lost is counted. Memory is resident, summed over the kernel's processes."""

SINGLE = Mode("## Kernel", "kernels.json", 5, kernel_measures.measure, kernel_tables.MEASURES, SINGLE_PROSE)
VOLUME = Mode(
    "## Kernel, large volumes", "kernels-volume.json", 1, kernel_volumes.measure, kernel_tables.VOLUMES, VOLUME_PROSE
)


def arguments():
    parser = argparse.ArgumentParser(description="Measure Jupyter kernels beside ipykernel.")
    kernels = f"names of installed kernelspecs, {REFERENCE} and others; the limits are for the first of them"
    rounds = f"default {SINGLE.rounds}, with --volume {VOLUME.rounds}"
    parser.add_argument("--kernels", nargs="+", default=DEFAULT_KERNELS, help=kernels)
    parser.add_argument("--volume", action="store_true", help="large volumes instead of single cells")
    parser.add_argument("--rounds", type=int, help=rounds)
    parser.add_argument("--quick", action="store_const", const=1, dest="rounds", help="one round")
    parser.add_argument("--write", action="store_true", help="replace the section in benchmarks/RESULTS.md")
    chosen = parser.parse_args()
    chosen.rounds = chosen.rounds or (VOLUME if chosen.volume else SINGLE).rounds
    try:
        chosen.specs = {name: KernelSpecManager().get_kernel_spec(name) for name in chosen.kernels}
    except NoSuchKernel as missing:
        parser.error(f"no kernelspec {missing.name} is installed; `jupyter kernelspec list` shows those that are")
    if REFERENCE not in chosen.kernels or len(chosen.specs) < 2:
        parser.error(f"--kernels needs {REFERENCE}, which ratios are to, and one more")
    return chosen


def play(name, measure):
    """One kernel's round, as a dictionary for JSON."""
    try:
        with Session(name) as session:
            info = session.kernel.info
            measure(session)
    except Unanswered as failure:
        return {"figures": {}, "failures": [str(failure)]}
    return {"figures": session.figures, "failures": session.failures, "load": session.load, "info": info}


def play_all(chosen, measure, report):
    """Rounds as they come, stored after each so that a run cut off leaves its figures."""
    rounds, kernels = [], collections.deque(chosen.specs)
    for number in range(1, chosen.rounds + 1):
        played = {}
        for name in kernels:
            start = time.perf_counter()
            played[name] = play(name, measure)
            print(f"round {number}, {name}: {time.perf_counter() - start:.0f} s", file=sys.stderr)
        kernels.rotate(-1)
        rounds.append(played)
        report.parent.mkdir(exist_ok=True)
        figures = {"date": str(datetime.date.today()), "machine": machine(), "rounds": rounds}
        report.write_text(json.dumps(figures, indent=1))
    return rounds


def machine():
    ipykernel, client = (importlib.metadata.version(package) for package in ("ipykernel", "jupyter_client"))
    return f"{processor()}; Python {platform.python_version()}, ipykernel {ipykernel}, jupyter_client {client}"


def described(spec, round_):
    """Which kernel it was, and on which Java."""
    info = round_.get("info")
    if info is None:
        return "did not start"
    language = java_version(spec.argv[0]) if spec.language == "java" else f"Python {info['language_info']['version']}"
    return f"{info['implementation']} {info['implementation_version']} on {language}"


def failures(rounds):
    """What could not be measured, each kind once with the number of its rounds."""
    found = collections.defaultdict(list)
    for round_ in rounds:
        for name, played in round_.items():
            for failure in played["failures"]:
                found[name, failure.split(":")[0]].append(failure)
    return [
        f"- `{name}`, {texts[0]}" + (f" (and {len(texts) - 1} more)" if len(texts) > 1 else "")
        for (name, _), texts in found.items()
    ]


def section(chosen, rounds, mode):
    table = kernel_tables.Rounds([{name: played["figures"] for name, played in round_.items()} for round_ in rounds])
    others = [name for name in chosen.specs if name != REFERENCE]
    loads = [played["load"] for round_ in rounds for played in round_.values() if "load" in played]
    lines = [
        f"{datetime.date.today()}, {machine()}; rounds: {len(rounds)}; "
        f"load average when a kernel was started: {min(loads):.1f} to {max(loads):.1f}."
    ]
    lines += [f"Written by `python benchmarks/python/kernels.py {' '.join(words(chosen))}`.", ""]
    lines += [f"- `{name}`: {described(spec, rounds[-1][name])}" for name, spec in chosen.specs.items()]
    lines += ["", mode.prose, "", *kernel_tables.with_limits(table, mode.figures, others[0])]
    if len(others) > 1:
        lines += ["", "Ratios to ipykernel; a figure with its unit is no ratio.", ""]
        lines += kernel_tables.side_by_side(table, mode.figures, others)
    missing = failures(rounds)
    if missing:
        lines += ["", "Not measured, or wrong:", "", *missing]
    return "\n".join(lines)


def words(chosen):
    volume = ["--volume"] if chosen.volume else []
    return [*volume, "--kernels", *chosen.specs, "--rounds", str(chosen.rounds)]


def title_of(mode, specs):
    """A run with kernels of others has a section of its own, so that neither replaces the other."""
    others = [name for name in specs if name != REFERENCE and not name.startswith("spd-java")]
    return mode.title + (f", beside {' and '.join(others)}" if others else "")


def main():
    chosen = arguments()
    mode = VOLUME if chosen.volume else SINGLE
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that kernels are ended first
    rounds = play_all(chosen, mode.measure, ROOT / "benchmarks/target" / mode.report)
    text = section(chosen, rounds, mode)
    title = title_of(mode, chosen.specs)
    if chosen.write:
        results_file.replace({title: text})
    print(f"{title}\n\n{text}")


if __name__ == "__main__":
    main()
