"""CPU time of a fine-tune of each twin, ours beside PyTorch's own, in interleaved pairs, each on one thread.

The pictures are test pictures that our program hands over, repeated to the number trained on: the work is the same, the
accuracies would mean nothing. The first pair is left out: it warms the JIT compiler and the allocator.
"""

import copy
import os
import statistics

os.environ["OMP_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = "1"

import torch  # noqa: E402  (after the thread counts)

import twin_worlds  # noqa: E402
from java_program import JavaProgram  # noqa: E402


def measure(name, pairs):
    """Lines of a table in Markdown."""
    world = twin_worlds.WORLDS[name]
    start = twin_worlds.pretrained(world)
    rows = []
    with JavaProgram("FineTune", name, world.domain) as ours:
        handed = ours.ask("pictures")
        for optimizer in ("adamw", "adam-spd"):
            seconds = []
            for pair in range(pairs + 1):
                answer = ours.ask(optimizer)
                steps = answer["steps"]
                train = twin_worlds.pictures(handed, steps // world.epochs * world.batch)
                model = copy.deepcopy(start)
                python = twin_worlds.fine_tune(world, model, train, optimizer, seed=pair)
                seconds.append((answer["cpu_seconds"], python))
            seconds = seconds[1:]
            low, middle, high = statistics.quantiles([a / b for a, b in seconds], n=4)
            java_median, python_median = (statistics.median(column) for column in zip(*seconds))
            rows.append(
                f"| {name} | {optimizer} | {java_median:.2f} | {python_median:.2f} | {1000 * java_median / steps:.1f} "
                f"| {1000 * python_median / steps:.1f} | {middle:.2f} [{low:.2f}, {high:.2f}] "
                f"| {answer['deviation']:.2f} and {twin_worlds.deviation(model, start):.2f} |"
            )
    return rows


HEADER = [
    "| world | optimizer | ours, s | PyTorch, s | ours, ms per step | PyTorch, ms per step | ratio [quartiles] | deviations |",
    "|---|---|---|---|---|---|---|---|",
]
