"""The history of cells: in one session, across sessions, and where it cannot be kept."""

import os
import stat
import tempfile
import unittest
from pathlib import Path

from jupyter_client.manager import start_new_kernel
from live_kernel import NAME, PATIENCE, KernelTest, slow


class Kernel:
    """A kernel whose history is in a given file."""

    def __init__(self, file, **environment):
        self.environment = os.environ | {"SPD_KERNEL_HISTORY": str(file)} | environment

    def __enter__(self):
        self.manager, self.client = start_new_kernel(
            kernel_name=NAME, startup_timeout=PATIENCE, env=self.environment
        )
        return self

    def __exit__(self, *error):
        self.client.stop_channels()
        self.manager.shutdown_kernel()

    def run(self, *cells, **options):
        for cell in cells:
            self.client.execute_interactive(cell, timeout=PATIENCE, output_hook=lambda m: None, **options)

    def history(self, **arguments):
        arguments = {"hist_access_type": "tail", "n": 1000} | arguments
        reply = self.client.history(reply=True, timeout=PATIENCE, **arguments)["content"]
        assert reply["status"] == "ok"
        return [tuple(entry) for entry in reply["history"]]


class AcrossSessions(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.file = self.folder / "state" / "history.jsonl"

    @slow
    def test_cells_of_earlier_sessions_are_there(self):
        with Kernel(self.file) as first:
            first.run("int a = 1;", 'String s = "é😀\\n";\ns')
        with Kernel(self.file) as second:
            self.assertEqual(
                [(1, 1, "int a = 1;"), (1, 2, 'String s = "é😀\\n";\ns')], second.history()
            )
            second.run("int b = 2;")
            self.assertEqual([(2, 1, "int b = 2;")], second.history(n=1))
            here = second.history(hist_access_type="range", session=0, start=1, stop=10)
            self.assertEqual([(2, 1, "int b = 2;")], here)
            back = second.history(hist_access_type="range", session=-1, start=2, stop=10)
            self.assertEqual([(1, 2, 'String s = "é😀\\n";\ns')], back)
            named = second.history(hist_access_type="range", session=1, start=1, stop=2, output=True)
            self.assertEqual([(1, 1, ["int a = 1;", None])], named)
            found = second.history(hist_access_type="search", pattern="int ? = *")
            self.assertEqual([1, 2], [session for session, _, _ in found])
            shown = []
            second.client.execute_interactive(
                "%history -l 1", timeout=PATIENCE, output_hook=lambda m: shown.append(m["content"])
            )
            text = "".join(str(one.get("data", "")) for one in shown)
            self.assertIn("1/1: int a = 1;", text)
            self.assertIn("1: int b = 2;", text)
        self.assertEqual(0o600, stat.S_IMODE(self.file.stat().st_mode))

    def test_a_restart_keeps_what_ran_before(self):
        with Kernel(self.file) as kernel:
            kernel.run("int before = 1;")
            kernel.manager.restart_kernel()
            kernel.client.wait_for_ready(timeout=PATIENCE)
            self.assertIn((1, 1, "int before = 1;"), kernel.history())

    @slow
    def test_two_kernels_at_once_lose_nothing(self):
        with Kernel(self.file) as one, Kernel(self.file) as other:
            for i in range(10):
                one.run(f"int one{i} = {i};")
                other.run(f"int other{i} = {i};")
            sources = [source for _, _, source in one.history()]
            self.assertEqual(20, len(sources))
            self.assertEqual(20, len(set(sources)))

    @slow
    def test_memory_alone_when_no_file_can_be_made(self):
        (self.folder / "state").write_text("in the way")
        with Kernel(self.file) as kernel:
            kernel.run("int a = 1;", "int b = 2;")
            self.assertEqual([(1, 1, "int a = 1;"), (1, 2, "int b = 2;")], kernel.history())

    @slow
    def test_input_and_unstored_cells_are_not_kept(self):
        with Kernel(self.file) as kernel:
            kernel.client.execute_interactive(
                "new Scanner(System.in).nextLine().length()",
                timeout=PATIENCE,
                allow_stdin=True,
                output_hook=lambda m: None,
                stdin_hook=lambda m: kernel.client.input("my secret"),
            )
            kernel.run("int hidden = 1;", store_history=False)
            kernel.run("int silent = 1;", silent=True)
            kernel.run("int shown = 1;")
            sources = [source for _, _, source in kernel.history()]
            self.assertEqual(["new Scanner(System.in).nextLine().length()", "int shown = 1;"], sources)
        for file in self.file.parent.iterdir():
            self.assertNotIn("secret", file.read_text())


class InOneSession(KernelTest):
    def test_unique_search_gives_each_source_once(self):
        for cell in ("int q1 = 1;", "int q2 = 1;", "int q1 = 1;"):
            self.run_cell(cell)
        ask = {"hist_access_type": "search", "pattern": "int q*"}
        self.assertEqual(3, len(self.request("history", **ask)["history"]))
        unique = self.request("history", unique=True, **ask)["history"]
        self.assertEqual(["int q2 = 1;", "int q1 = 1;"], [source for _, _, source in unique])
        self.assertEqual(2, len(self.request("history", n=2, **ask)["history"]))

    def test_the_magic_shows_counts_and_searches(self):
        count = self.run_cell("int shown =\n  41;").reply["execution_count"]
        self.assertIn(f"{count}: int shown =\n", self.run_cell("%history").result)
        self.assertIn("41", self.run_cell("%history -g 'int shown*'").result)
        self.assertIn("41", self.run_cell("%history -g shown").result)
        self.assertEqual(1, len(self.run_cell("%history -n 1").result.splitlines()))

    def test_wrong_use_of_the_magic_is_one_sentence(self):
        self.assertIn("does not know the option", self.run_cell("%history --all").reply["evalue"])
        self.assertIn("number", self.run_cell("%history -n many").reply["evalue"])
        self.assertIn("needs a value", self.run_cell("%history -g").reply["evalue"])
