"""Large volumes: what they take, what is lost of them, and the memory held afterwards."""

import statistics
import time

from kernel_process import Unanswered
from kernel_session import expect, lost_lines

PATIENCE = 300
LINES = 100_000
CHARACTERS = 50_000_000
QUEUED = 1_000
SNIPPETS = 10_000
SNIPPETS_SECONDS = 1800
MEMORY_AT = (1_000, 5_000, 10_000)
WINDOW = 500


def lines(kernel):
    cell = kernel.execute(kernel.code.lines(LINES), PATIENCE)
    return {
        "lines_s": cell.seconds,
        "line_messages": len(cell.of("stream")),
        "lines_lost": lost_lines(cell, LINES),
        "lines_memory_mib": kernel.memory_mib(),
    }


def display(kernel):
    cell = kernel.execute(kernel.code.text(CHARACTERS), PATIENCE)
    expect(cell.status == "ok", cell)
    return {
        "display_s": cell.seconds,
        "display_lost": CHARACTERS - sum(text.count("x") for text in cell.results),
        "display_memory_mib": kernel.memory_mib(),
    }


def queue(kernel):
    """All cells are sent before the first answer is read."""
    start = time.perf_counter()
    identities = [kernel.send_cell(kernel.code.expression(n)) for n in range(1, QUEUED + 1)]
    cells = [kernel.finish(identity, PATIENCE) for identity in identities]
    return {
        "queue_s": time.perf_counter() - start,
        "queue_lost": sum(cell.results != [str(n)] for n, cell in enumerate(cells, 1)),
        "queue_memory_mib": kernel.memory_mib(),
    }


def snippets(kernel):
    """One after the other, by turns an assignment to a new name, a value and a printed line."""
    figures, seconds, lost = {}, [], 0
    start = time.perf_counter()
    for n in range(1, SNIPPETS + 1):
        cell, right = _snippet(kernel, n)
        lost += not right
        seconds.append(cell.seconds)
        if n in MEMORY_AT:
            figures[f"snippets_memory_{n}_mib"] = kernel.memory_mib()
        if time.perf_counter() - start > SNIPPETS_SECONDS:
            raise Unanswered(f"{n} of {SNIPPETS} in {SNIPPETS_SECONDS} s")
    return figures | {
        "snippets_s": time.perf_counter() - start,
        "snippets_lost": lost,
        "snippets_first_ms": 1000 * statistics.median(seconds[:WINDOW]),
        "snippets_last_ms": 1000 * statistics.median(seconds[-WINDOW:]),
    }


def _snippet(kernel, n):
    if n % 3 == 0:
        cell = kernel.execute(kernel.code.assignment(n))
        return cell, cell.status == "ok"
    if n % 3 == 1:
        cell = kernel.execute(kernel.code.expression(n))
        return cell, cell.results == [str(n)]
    cell = kernel.execute(kernel.code.printing(n))
    return cell, cell.printed.splitlines() == [f"line {n}"]


def measure(session):
    """A round; the snippets have a kernel of their own."""
    for step in (lines, display, queue):
        session.take(step)
    session.restart()
    session.take(snippets)
