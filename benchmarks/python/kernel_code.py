"""Cells of equal meaning in the languages of the kernels measured."""

import dataclasses
from collections.abc import Callable


@dataclasses.dataclass(frozen=True)
class Code:
    """One language's cells; the functions take a number that makes names distinct or says how many."""

    assignment: Callable[[int], str]
    expression: Callable[[int], str]  # its value is the number
    printing: Callable[[int], str]  # prints `line N`
    lines: Callable[[int], str]  # prints `line 0` ... `line N-1`
    text: Callable[[int], str]  # its value is a text of N characters
    sleep: Callable[[int], str]  # for N seconds
    loop: str  # without end
    unfinished: str
    completed: str  # the word at its end has completions
    inspected: str  # the name before the `|`, where the cursor is, has documentation


LANGUAGES = {
    "java": Code(
        assignment=lambda n: f"int x{n} = {n};",
        expression=lambda n: f"{n - 1} + 1",
        printing=lambda n: f'System.out.println("line {n}");',
        lines=lambda n: f'for (int i = 0; i < {n}; i++) System.out.println("line " + i);',
        text=lambda n: f'"x".repeat({n})',
        sleep=lambda n: f"Thread.sleep({n}000L);",
        loop="long turns = 0; while (true) { turns++; }",
        unfinished="for (int i = 0; i < 3; i++) {",
        completed='"word".to',
        inspected="Math.abs(|1)",
    ),
    "python": Code(
        assignment=lambda n: f"x{n} = {n}",
        expression=lambda n: f"{n - 1} + 1",
        printing=lambda n: f'print("line {n}")',
        lines=lambda n: f'for i in range({n}): print(f"line {{i}}")',
        text=lambda n: f'"x" * {n}',
        sleep=lambda n: f"import time; time.sleep({n})",
        loop="turns = 0\nwhile True: turns += 1",
        unfinished="for i in range(3):",
        completed='"word".up',
        inspected="abs(|1)",
    ),
}
