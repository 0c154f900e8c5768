"""Executes notebooks in their kernel through Jupyter, as nbclient does it for books and servers.

    python notebooks/execute.py [--out FOLDER] [--show TAG] [--twice] NOTEBOOK ...

--out FOLDER  where the executed notebooks go (default: they are not kept)
--show TAG    print the text of the cells with this tag
--twice       execute twice, side by side, each in an empty folder, and require the same text of all results
The last line counts the notebooks: N passed, N failed, N skipped.
"""

import argparse
import os
import pathlib
import re
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

CELL_SECONDS = 300
MEASURED_TIME = re.compile(r"[0-9.]+ CPU s")  # the one number that may differ between two executions


def execute(path, folder=None):
    """The executed notebook; folder: where it works and stores what it trains, when not where it lies."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        record_timing=False,
        resources={"metadata": {"path": folder or str(path.parent)}},
    )
    own = {"SPD_RUNS": os.path.join(folder, "runs")} if folder else {}
    client.execute(env=dict(os.environ, **own))
    return notebook


def execute_elsewhere(path):
    with tempfile.TemporaryDirectory() as folder:
        return execute(path, folder)


def text_of(notebook, tag=None):
    """The plain text that the cells with a tag gave back, or all cells."""
    return [
        output["data"]["text/plain"]
        for cell in notebook.cells
        if tag is None or tag in cell.metadata.get("tags", [])
        for output in cell.get("outputs", [])
        if output.output_type == "execute_result"
    ]


def check(path, options):
    """The executed notebook; raises AssertionError or an error of nbclient when it is not as it should be."""
    if not options.twice:
        return execute(path)
    with ProcessPoolExecutor(2) as both:
        notebook, again = both.map(execute_elsewhere, [path, path])
    first, second = (MEASURED_TIME.sub("", "\n".join(text_of(one))) for one in (notebook, again))
    assert first, "no cell gave a result"
    assert first == second, "a second execution gave other results:\n%s\n%s" % (
        first,
        second,
    )
    return notebook


def main():
    parser = argparse.ArgumentParser(description="Execute notebooks through Jupyter.")
    parser.add_argument("notebooks", nargs="+", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--show", metavar="TAG")
    parser.add_argument("--twice", action="store_true")
    options = parser.parse_args()
    failed = 0
    for path in options.notebooks:
        began = time.monotonic()
        print(f"executing {path.name} ...", file=sys.stderr, flush=True)
        try:
            notebook = check(path.resolve(), options)
        except (AssertionError, CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            failed += 1
            print(f"{path.name} failed: {error}", file=sys.stderr)
            continue
        if options.out:
            options.out.mkdir(parents=True, exist_ok=True)
            nbformat.write(notebook, options.out / path.name)
        if options.show:
            print("\n\n".join(text_of(notebook, options.show)))
        print(f"{path.name}: {time.monotonic() - began:.0f} s", file=sys.stderr)
    if not options.show:
        print(f"{len(options.notebooks) - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
