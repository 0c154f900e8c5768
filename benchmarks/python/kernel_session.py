"""One kernel through the steps of one round."""

import os

from kernel_process import Kernel, Unanswered, WrongAnswer

START_ATTEMPTS = 5


class Session:
    """Runs steps, each a function of a kernel that returns figures by name; keeps in words what could not be measured."""

    def __init__(self, name):
        self.name = name
        self.figures = {}
        self.failures = []
        self.load = os.getloadavg()[0]
        self.start()

    def start(self):
        """A kernel that loses its first request is started again, and that is noted."""
        for _ in range(START_ATTEMPTS):
            try:
                self.kernel = Kernel(self.name)
                return
            except Unanswered as failure:
                self.failures.append(f"start: {failure}")
        raise Unanswered(f"{self.name} did not start in {START_ATTEMPTS} attempts")

    def restart(self):
        self.kernel.kill()
        self.start()

    def take(self, step):
        """A kernel that does not answer is replaced for the steps that follow."""
        try:
            self.figures |= step(self.kernel)
        except (Unanswered, WrongAnswer) as failure:
            self.failures.append(f"{step.__name__.replace('_', ' ')}: {failure}")
            if isinstance(failure, Unanswered):
                self.restart()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kernel.kill()


def expect(holds, cell, found=""):
    """The cell's seconds, or WrongAnswer with what was found."""
    if not holds:
        raise WrongAnswer(found or str(cell.reply)[:200])
    return cell.seconds


def lost_lines(cell, count):
    """How many of `line 0` ... are missing from what a cell printed until it was idle."""
    printed = set(cell.printed.splitlines())
    return sum(f"line {i}" not in printed for i in range(count))
