"""Builds the book strictly with MyST and writes its pages.

    python book/build.py --out FOLDER

MyST reads a copy of the book and the notebooks in FOLDER/sources; the pages come to FOLDER/html. Any error or warning
of MyST is a failure: it returns 0 for some of them. Needs Node and what ./spd setup installs into .spd/book/tools.
"""

import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import time

import pages

ROOT = pathlib.Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".spd" / "book" / "tools" / "node_modules"
KATEX, STYLE = TOOLS / "katex" / "dist", ROOT / "book" / "theme" / "book.css"
NODE_MAJOR = 18
SIGNS = ("\u26d4", "\u26a0", "\U0001f6a8")  # MyST begins an error with the first, a warning with the second


class ToolsMissing(Exception):
    """What MyST needs is not there."""


def node():
    """The path of Node 18 or newer, None when there is none."""
    found = shutil.which("node")
    if not found:
        return None
    version = subprocess.run([found, "--version"], capture_output=True, text=True).stdout.strip()
    major = version.lstrip("v").split(".")[0]
    return found if major.isdigit() and int(major) >= NODE_MAJOR else None


def copy_sources(into):
    """Copies the book and the notebooks as they are; returns the copy of the book's folder."""
    shutil.rmtree(into, ignore_errors=True)
    unwanted = shutil.ignore_patterns(".*", "*.py", "__pycache__", "_build", "node_modules", "runs", "screenshots")
    for folder in ("book", "notebooks"):
        shutil.copytree(ROOT / folder, into / folder, ignore=unwanted)
    return into / "book"


def build(book):
    """Builds the content of a book's folder; the problems MyST names, empty when there are none."""
    myst = TOOLS / "mystmd" / "dist" / "myst.cjs"
    program = node()
    if not program:
        raise ToolsMissing(f"the book needs Node {NODE_MAJOR} or newer, found none; install it and run ./spd setup")
    if not myst.is_file():
        raise ToolsMissing("the book needs mystmd in .spd/book/tools, found none; run ./spd setup with a network")
    command = [program, str(myst), "build", "--site", "--strict"]
    result = subprocess.run(command, cwd=book, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
    problems = [line.strip() for line in result.stdout.splitlines() if line.startswith(SIGNS)]
    if result.returncode and not problems:
        problems = [f"MyST ended with {result.returncode}: {result.stdout[-2000:]}"]
    return problems


def citations(site):
    """How many works the built pages cite."""
    contents = (json.loads(path.read_text("utf-8")) for path in (site / "content").glob("*.json"))
    return len({key for content in contents for key in content["references"].get("cite", {}).get("data", {})})


def main():
    parser = argparse.ArgumentParser(description="Build the book.")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    out = parser.parse_args().out
    began = time.monotonic()
    try:
        book = copy_sources(out / "sources")
        problems = build(book)
    except ToolsMissing as error:
        sys.exit(f"spd book: {error}")
    if problems:
        print("\n".join(problems), file=sys.stderr)
        sys.exit(f"spd book: {len(problems)} problems, nothing was written; they are above")
    site = book / "_build" / "site"
    written = pages.write(site, KATEX, STYLE, out / "html")
    seconds = time.monotonic() - began
    count = f"{len(written)} pages, {citations(site)} works cited, no problems"
    print(f"book: {count}, {seconds:.1f} s: {out / 'html' / 'index.html'}")


if __name__ == "__main__":
    main()
