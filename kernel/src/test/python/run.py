"""Runs the tests of a kernel that is installed where this Python's Jupyter looks.

    python kernel/src/test/python/run.py [FOLDER ...] [-k PATTERN] [--all]

Without folders those beside this file. Slow tests only with --all. Prints one closing line: N passed, N failed, N skipped.
"""

import argparse
import os
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).parent


def tests_of(suite):
    """The tests of a suite, one by one."""
    for one in suite:
        if isinstance(one, unittest.TestSuite):
            yield from tests_of(one)
        else:
            yield one


def is_slow(test):
    return getattr(test, "slow", False) or getattr(getattr(test, test._testMethodName), "slow", False)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[HERE])
    parser.add_argument("-k", dest="pattern", help="only tests with this in their name")
    parser.add_argument("--all", action="store_true", help="the slow tests too")
    asked = parser.parse_args()
    if asked.all:
        os.environ["SPD_TEST_ALL"] = "1"
    sys.path.insert(0, str(HERE))
    loader = unittest.TestLoader()
    if asked.pattern:
        loader.testNamePatterns = [f"*{asked.pattern}*"]
    found = [loader.discover(str(folder), top_level_dir=str(folder)) for folder in asked.folders]
    tests = list(tests_of(found))
    wanted = [test for test in tests if asked.all or not is_slow(test)]
    if len(wanted) < len(tests):
        print(f"{len(tests) - len(wanted)} slow tests are left out; --all runs them too", file=sys.stderr)
    suite = unittest.TestSuite(wanted)
    result = unittest.TextTestRunner(verbosity=int(os.environ.get("VERBOSITY", "1"))).run(suite)
    failed = len(result.failures) + len(result.errors)
    skipped = len(result.skipped)
    for test, reason in result.skipped:
        print(f"SKIPPED {test.id()}: {reason}")
    print(f"{result.testsRun - failed - skipped} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not result.testsRun else 0


if __name__ == "__main__":
    sys.exit(main())
