"""The tests of the book: pictures, notebooks, citations, links, and that MyST builds it without a word.

    python book/check.py

Without Node the build is skipped, and said so; where CI is set it must be there. The last line counts the tests.
"""

import json
import os
import pathlib
import re
import sys
import tempfile
import unittest

import build
import pages
from rules import LONGEST_ALT, alt_problems, broken_links, chart_problem

BOOK, NOTEBOOKS = build.ROOT / "book", sorted((build.ROOT / "notebooks").glob("*.ipynb"))
LARGE, TOO_LARGE = 200_000, 1_000_000  # bytes of a notebook


def markdown_texts():
    """Every Markdown text of the book, by where it stands."""
    for page in sorted(BOOK.glob("*.md")):
        yield page.name, page.read_text("utf-8")
    for path in NOTEBOOKS:
        for number, cell in enumerate(json.loads(path.read_text("utf-8"))["cells"]):
            if cell["cell_type"] == "markdown":
                yield f"{path.name}, cell {number}", "".join(cell["source"])


class SourcesTest(unittest.TestCase):
    def test_should_describe_every_picture_when_written_in_markdown(self):
        self.assertEqual([], [(place, alt_problems(text)) for place, text in markdown_texts() if alt_problems(text)])

    def test_should_find_the_fault_when_a_description_is_missing_or_long(self):
        self.assertEqual(1, len(alt_problems("![](images/a.png) and ![A cat.](images/b.png)")))
        self.assertEqual(1, len(alt_problems(f"![{'a' * (LONGEST_ALT + 1)}](images/a.png)")))
        self.assertEqual(1, len(alt_problems(":::{figure} a.png\nA caption.\n:::\n")))
        self.assertEqual(0, len(alt_problems(":::{figure} a.png\n:alt: A cat.\nA caption.\n:::\n")))
        self.assertIsNotNone(chart_problem({"text/plain": ["Chart@1f2a"]}))

    def test_should_give_a_sentence_when_an_output_is_a_chart(self):
        cells = ((path.name, cell) for path in NOTEBOOKS for cell in json.loads(path.read_text("utf-8"))["cells"])
        bundles = [(name, output.get("data", {})) for name, cell in cells for output in cell.get("outputs", [])]
        charts = [(name, data) for name, data in bundles if any(kind.startswith("image/") for kind in data)]
        self.assertGreater(len(charts), 10)
        self.assertEqual([], [(name, chart_problem(data)) for name, data in charts if chart_problem(data)])

    def test_should_be_small_when_a_notebook_is_stored(self):
        sizes = {path.name: path.stat().st_size for path in NOTEBOOKS}
        for name, size in sizes.items():
            if size > LARGE:
                print(f"warning: notebook {name} has {size} bytes, over {LARGE}", file=sys.stderr)
        self.assertEqual({}, {name: size for name, size in sizes.items() if size > TOO_LARGE})

    def test_should_be_cited_when_a_work_is_in_the_bibliography(self):
        text = "\n".join(text for _, text in markdown_texts())
        keys = re.findall(r"^@\w+\{(\S+),", (BOOK / "references.bib").read_text("utf-8"), re.MULTILINE)
        self.assertEqual([], [key for key in keys if not re.search(rf"\b{key}\b", text)])

    def test_should_be_in_the_table_of_contents_when_a_page_or_notebook_is_there(self):
        files = re.findall(r"- file: (\S+)", (BOOK / "myst.yml").read_text("utf-8"))
        listed = {pathlib.PurePosixPath(name).name for name in files}
        self.assertEqual({path.name for path in [*BOOK.glob("*.md"), *NOTEBOOKS]}, listed)

    def test_should_write_a_result_when_its_text_is_in_a_file_of_its_own(self):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "long.html").write_text("<table>", "utf-8")
            bundle = {"text/html": {"path": "/long.html"}, "text/plain": {"content": "a table"}}
            node = {"type": "output", "jupyter_data": {"output_type": "execute_result", "data": bundle}}
            written = pages.Writer({"location": "a.md"}, pathlib.Path(folder)).write(node)
        self.assertIn("<table>", written)

    def test_should_write_the_lines_of_an_error_when_a_cell_fails(self):
        node = {"type": "output", "jupyter_data": {"output_type": "error", "traceback": "\x1b[1;31mNo\x1b[0m\nline 2"}}
        self.assertIn(">No\nline 2<", pages.Writer({"location": "a.md"}, BOOK).write(node))

    def test_should_refuse_to_write_a_page_when_it_does_not_know_its_content(self):
        with self.assertRaisesRegex(pages.UnknownContent, "a.md has content of kind aside"):
            pages.Writer({"location": "a.md"}, BOOK).write({"type": "aside"})


@unittest.skipUnless(build.node() or os.environ.get("CI"), "THE BOOK WAS NOT BUILT: no Node 18 or newer was found")
class BuildTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.book = build.copy_sources(self.folder / "sources")

    def plant(self, text):
        with open(self.book / "index.md", "a", encoding="utf-8") as page:
            page.write(f"\n\n{text}\n")
        return build.build(self.book)

    def test_should_build_without_a_word_and_link_to_what_is_there(self):
        self.assertEqual([], build.build(self.book))
        written = pages.write(self.book / "_build" / "site", build.KATEX, build.STYLE, self.folder / "html")
        self.assertEqual(len(list(BOOK.glob("*.md"))) + len(NOTEBOOKS), len(written))
        self.assertEqual([], list(broken_links(self.folder / "html")))
        (self.folder / "html" / "notation.html").unlink()
        self.assertIn("index.html: notation.html", list(broken_links(self.folder / "html")))

    def test_should_fail_when_a_citation_or_a_link_leads_nowhere(self):
        problems = "".join(self.plant("As [@nobody1900nothing] shows [there](nosuchpage.md)."))
        self.assertIn("nobody1900nothing", problems)
        self.assertIn("nosuchpage.md", problems)

    def test_should_fail_when_myst_complains_and_returns_0(self):
        self.assertIn("nosuchdirective", "".join(self.plant(":::{nosuchdirective}\n:::")))


if __name__ == "__main__":
    tests = unittest.TestLoader().loadTestsFromModule(sys.modules[__name__])
    result = unittest.TextTestRunner(verbosity=int(os.environ.get("VERBOSITY", "1"))).run(tests)
    failed, skipped = len(result.failures) + len(result.errors), len(result.skipped)
    for test, reason in result.skipped:
        print(f"SKIPPED {test}: {reason}", file=sys.stderr)
    print(f"{result.testsRun - failed - skipped} passed, {failed} failed, {skipped} skipped")
    sys.exit(1 if failed else 0)
