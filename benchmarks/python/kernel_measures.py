"""What is measured of a kernel in one round."""

import statistics
import time

from kernel_process import Unanswered
from kernel_session import Session, expect, lost_lines

SETTLE_SECONDS = 3
IDLE_SECONDS = 10
CELLS = 50
REQUESTS = 20
ECHOES = 100
LINES = 10_000
LINE_ROUNDS = 3
LINE_PATIENCE = 20
BUDGET_SECONDS = 15
"""A repeated request is asked less often where its answers take longer than this in all."""

INTERRUPT_SECONDS = 10
SHUTDOWN_SECONDS = 10


def median_seconds(run, times):
    """The median of so many answers."""
    seconds = []
    start = time.perf_counter()
    for number in range(times):
        seconds.append(run(number))
        if time.perf_counter() - start > BUDGET_SECONDS:
            break
    return statistics.median(seconds)


def start_up(kernel):
    expect(kernel.first_cell.results == ["2"], kernel.first_cell)
    return {
        "kernel_info_s": kernel.kernel_info_seconds,
        "first_cell_s": kernel.first_cell_seconds,
        "memory_start_mib": kernel.memory_mib(),
    }


def idle(kernel):
    time.sleep(SETTLE_SECONDS)
    return {"idle_core": kernel.busy_fraction(IDLE_SECONDS)}


def heartbeat(kernel):
    def echo(number):
        start = time.perf_counter()
        kernel.heartbeat.send(b"%d" % number)
        if not kernel.heartbeat.poll(BUDGET_SECONDS * 1000) or kernel.heartbeat.recv() != b"%d" % number:
            raise Unanswered("no echo")
        return time.perf_counter() - start

    return {"heartbeat_ms": 1000 * median_seconds(echo, ECHOES)}


def assignments(kernel):
    def run(number):
        cell = kernel.execute(kernel.code.assignment(number + 1))
        return expect(cell.status == "ok", cell)

    return {"assignment_ms": 1000 * median_seconds(run, CELLS)}


def expressions(kernel):
    def run(_):
        cell = kernel.execute(kernel.code.expression(2))
        return expect(cell.results == ["2"], cell)

    return {"expression_ms": 1000 * median_seconds(run, CELLS)}


def completion(kernel):
    code = kernel.code.completed

    def run(_):
        cell = kernel.ask("complete_request", {"code": code, "cursor_pos": len(code)})
        return expect(cell.reply.get("matches"), cell)

    return {"completion_ms": 1000 * median_seconds(run, REQUESTS)}


def inspection(kernel):
    before, after = kernel.code.inspected.split("|")

    def run(_):
        cell = kernel.ask(
            "inspect_request", {"code": before + after, "cursor_pos": len(before), "detail_level": 0}
        )
        return expect(cell.reply.get("found"), cell)

    return {"inspection_ms": 1000 * median_seconds(run, REQUESTS)}


def is_complete(kernel):
    def run(_):
        cell = kernel.ask("is_complete_request", {"code": kernel.code.unfinished})
        return expect(cell.status == "incomplete", cell)

    return {"is_complete_ms": 1000 * median_seconds(run, REQUESTS)}


def lines(kernel):
    messages = []

    def run(_):
        cell = kernel.execute(kernel.code.lines(LINES), LINE_PATIENCE)
        messages.append(len(cell.of("stream")))
        lost = lost_lines(cell, LINES)
        return expect(not lost, cell, f"{lost} of {LINES} lines did not come before idle")

    return {"lines_s": median_seconds(run, LINE_ROUNDS), "line_messages": max(messages)}


def memory(kernel):
    return {"memory_end_mib": kernel.memory_mib()}


def interrupted(kernel, code):
    """Seconds from the interrupt of a cell that has run for one."""
    identity = kernel.send_cell(code)
    kernel.await_output(identity, "execute_input")
    time.sleep(1)
    start = time.perf_counter()
    kernel.manager.interrupt_kernel()
    kernel.finish(identity, INTERRUPT_SECONDS)
    return time.perf_counter() - start


def interrupt_of_sleep(kernel):
    return {"interrupt_sleep_s": interrupted(kernel, kernel.code.sleep(30))}


def interrupt_of_loop(kernel):
    return {"interrupt_loop_s": interrupted(kernel, kernel.code.loop), "core_after_loop": kernel.busy_fraction(2)}


def shutdown(kernel):
    return {"shutdown_s": kernel.shut_down(SHUTDOWN_SECONDS)}


STEPS = (
    start_up,
    idle,
    heartbeat,
    is_complete,
    assignments,
    expressions,
    completion,
    inspection,
    lines,
    memory,
    interrupt_of_sleep,
    interrupt_of_loop,
)


def measure(session):
    """A round; the kernel is shut down by it."""
    for step in STEPS:
        session.take(step)
    try:
        session.figures |= shutdown(session.kernel)
    except Unanswered as failure:
        session.failures.append(f"shutdown: {failure}")
