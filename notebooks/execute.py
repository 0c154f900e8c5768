"""Executes notebooks in their kernel through Jupyter, as nbclient does it for books and servers.

    python notebooks/execute.py [--out FOLDER] [--show TAG] [--twice] NOTEBOOK ...

--out FOLDER  where the executed notebooks go (default: they are not kept)
--show TAG    print the text of the cells with this tag
--apart       execute two at a time, each in an empty folder that is removed
--twice       the same twice, and require the same text of all results
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


def attempt(task):
    """A notebook's execution as (seconds, executed notebook, error)."""
    path, apart = task
    began = time.monotonic()
    try:
        notebook, error = (execute_elsewhere if apart else execute)(path), None
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as failure:
        notebook, error = None, str(failure)
    return time.monotonic() - began, notebook, error


def difference(executions):
    """What is wrong with executions of a notebook, or None."""
    errors = [error for _, _, error in executions if error]
    if errors or len(executions) == 1:
        return errors[0] if errors else None
    first, second = (MEASURED_TIME.sub("", "\n".join(text_of(notebook))) for _, notebook, _ in executions)
    if not first:
        return "no cell gave a result"
    return None if first == second else f"a second execution gave other results:\n{first}\n{second}"


def main():
    parser = argparse.ArgumentParser(description="Execute notebooks through Jupyter.")
    parser.add_argument("notebooks", nargs="+", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--show", metavar="TAG")
    parser.add_argument("--apart", action="store_true")
    parser.add_argument("--twice", action="store_true")
    options = parser.parse_args()
    apart, times = options.apart or options.twice, 2 if options.twice else 1
    tasks = [(path.resolve(), apart) for path in options.notebooks for _ in range(times)]
    failed = 0
    with ProcessPoolExecutor(2 if apart else 1) as pool:
        executions = pool.map(attempt, tasks)
        for path in options.notebooks:
            print(f"executing {path.name} ...", file=sys.stderr, flush=True)
            own = [next(executions) for _ in range(times)]
            error = difference(own)
            if error:
                failed += 1
                print(f"{path.name} failed: {error}", file=sys.stderr)
                continue
            seconds, notebook, _ = own[0]
            if options.out:
                options.out.mkdir(parents=True, exist_ok=True)
                nbformat.write(notebook, options.out / path.name)
            if options.show:
                print("\n\n".join(text_of(notebook, options.show)))
            print(f"{path.name}: {seconds:.0f} s", file=sys.stderr, flush=True)
    if not options.show:
        print(f"{len(options.notebooks) - failed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
