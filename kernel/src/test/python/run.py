"""Runs the tests of a kernel that is installed where this Python's Jupyter looks.

    python kernel/src/test/python/run.py [FOLDER ...] [-k PATTERN]

Without folders those beside this file. Prints one closing line: N passed, N failed, N skipped.
"""

import argparse
import os
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).parent


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[HERE])
    parser.add_argument("-k", dest="pattern", help="only tests with this in their name")
    asked = parser.parse_args()
    sys.path.insert(0, str(HERE))
    loader = unittest.TestLoader()
    if asked.pattern:
        loader.testNamePatterns = [f"*{asked.pattern}*"]
    suite = unittest.TestSuite(
        loader.discover(str(folder), top_level_dir=str(folder)) for folder in asked.folders
    )
    result = unittest.TextTestRunner(verbosity=int(os.environ.get("VERBOSITY", "1"))).run(suite)
    failed = len(result.failures) + len(result.errors)
    skipped = len(result.skipped)
    for test, reason in result.skipped:
        print(f"SKIPPED {test.id()}: {reason}")
    print(f"{result.testsRun - failed - skipped} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not result.testsRun else 0


if __name__ == "__main__":
    sys.exit(main())
