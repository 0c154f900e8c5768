"""The jar of the kernel installs itself, and what it installed runs; the Python package too."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
import venv
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager
from live_kernel import PATIENCE, slow

TARGET = Path(__file__).resolve().parents[3] / "target"
JAVA = str(Path(os.environ["JAVA_HOME"], "bin", "java")) if os.environ.get("JAVA_HOME") else "java"


def jar():
    return next(path for path in TARGET.glob("spd-kernel-*.jar") if "sources" not in path.name)


def java_home():
    told = subprocess.run([JAVA, "-XshowSettings:properties", "-version"], capture_output=True, text=True).stderr
    return next(line.split(" = ")[1].strip() for line in told.splitlines() if "java.home" in line)


class Run:
    """A kernel that was started once and evaluated one expression."""

    def __init__(self, kernels, name, expression="6 * 7"):
        specs = KernelSpecManager(kernel_dirs=[str(kernels)])
        manager = KernelManager(kernel_name=name, kernel_spec_manager=specs)
        with tempfile.TemporaryFile() as console:
            manager.start_kernel(stdout=console, stderr=subprocess.STDOUT)
            client = manager.client()
            client.start_channels()
            try:
                client.wait_for_ready(timeout=PATIENCE)
                self.outputs = []
                self.reply = client.execute_interactive(
                    expression, timeout=PATIENCE, output_hook=self.outputs.append
                )["content"]
            finally:
                client.stop_channels()
                manager.shutdown_kernel()
            console.seek(0)
            self.console = console.read().decode()

    @property
    def result(self):
        return [m["content"]["data"]["text/plain"] for m in self.outputs if m["msg_type"] == "execute_result"]

    @property
    def streams(self):
        return [m["content"]["text"] for m in self.outputs if m["msg_type"] == "stream"]


@slow
class Installation(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.prefix = Path(tempfile.mkdtemp(prefix="prefix-"))
        cls.addClassCleanup(shutil.rmtree, cls.prefix, ignore_errors=True)
        cls.kernels = cls.prefix / "share" / "jupyter" / "kernels"
        cls.installed = cls.kernel("install", "--prefix", str(cls.prefix))

    @classmethod
    def kernel(cls, *words, **variables):
        return subprocess.run(
            [JAVA, "-jar", str(jar()), *words],
            capture_output=True, text=True, encoding="utf-8", timeout=5 * PATIENCE, env={**os.environ, **variables},
        )

    def spec(self):
        return json.loads((self.kernels / "spd-java" / "kernel.json").read_text(encoding="utf-8"))

    def archive(self):
        return next(path for path in (self.kernels / "spd-java").iterdir() if path.name.startswith("start-"))

    def assert_runs_quietly(self):
        run = Run(self.kernels, "spd-java")
        self.assertEqual(["42"], run.result)
        self.assertEqual([], run.streams)
        self.assertEqual("", run.console)

    def test_installed_kernel_starts_from_its_archive(self):
        self.assertEqual(0, self.installed.returncode, self.installed.stderr)
        self.assertNotIn("without an archive", self.installed.stderr)
        spec = self.spec()
        self.assertTrue(Path(spec["argv"][0]).is_absolute())
        self.assertIn(str(self.archive()), " ".join(spec["argv"]))
        self.assertNotIn("incubator", json.dumps(spec))
        self.assert_runs_quietly()

    def test_nothing_is_half_there(self):
        names = sorted(path.suffix for path in (self.kernels / "spd-java").iterdir())
        self.assertEqual(sorted([".json", ".png", ".png", ".svg", ".jar", self.archive().suffix]), names)

    def test_archive_that_does_not_fit_is_passed_over_in_silence_and_named_by_the_doctor(self):
        file = self.archive()
        whole = file.read_bytes()
        file.chmod(0o644)
        file.write_bytes(b"\0" * 16 + whole[16:])  # as one of another JDK: only its mark is wrong
        try:
            self.assert_runs_quietly()
            told = self.kernel("doctor", "--no-start", "--prefix", str(self.prefix))
            self.assertIn("WARN  spd-java: the archive is not used", told.stdout)
        finally:
            file.write_bytes(whole)

    def test_doctor_starts_it(self):
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        told = self.kernel(
            "doctor", "--prefix", str(self.prefix), "--name", "spd-java",
            PATH=path, JUPYTER_PATH=str(self.prefix / "share" / "jupyter"),
        )
        self.assertEqual(0, told.returncode, told.stdout)
        self.assertRegex(told.stdout, r"OK    start of spd-java: 1 \+ 1 gives 2 after")
        self.assertIn("OK    spd-java: the archive makes its start faster", told.stdout)
        self.assertNotIn("does not look", told.stdout)

    def test_folder_with_a_space_works(self):
        with tempfile.TemporaryDirectory(prefix="with space ") as folder:
            done = self.kernel("install", "--no-cds", "--prefix", folder)
            self.assertEqual(0, done.returncode, done.stderr)
            run = Run(Path(folder, "share", "jupyter", "kernels"), "spd-java")
            self.assertEqual((["42"], ""), (run.result, run.console))

    def test_list_names_it(self):
        listed = self.kernel("list", "--prefix", str(self.prefix))
        self.assertIn("spd-java\tJava (SPD)\t", listed.stdout)

    def test_option_that_the_jdk_does_not_know_leaves_the_old_kernel(self):
        before = self.spec()
        refused = self.kernel("install", "--prefix", str(self.prefix), "--jvm-arg", "-XX:+NoSuchFlag")
        self.assertEqual(1, refused.returncode)
        self.assertIn("NoSuchFlag", refused.stderr)
        self.assertEqual(before, self.spec())

    def test_other_options_other_name_and_away_again(self):
        done = self.kernel(
            "install", "--prefix", str(self.prefix), "--name", "small", "--jvm-arg", "-Xmx200m", "--no-cds", "--java", java_home(),
        )
        self.assertEqual(0, done.returncode, done.stderr)
        run = Run(self.kernels, "small", "Runtime.getRuntime().maxMemory() < 250_000_000")
        self.assertEqual(["true"], run.result)
        gone = self.kernel("uninstall", "--prefix", str(self.prefix), "--name", "small")
        self.assertEqual(0, gone.returncode, gone.stderr)
        self.assertFalse((self.kernels / "small").exists())

    def test_wrong_use_is_one_sentence(self):
        for words, sentence in {
            ("instal",): "did you mean install?",
            ("install", "--usr"): "did you mean --user?",
            ("install", "--user", "--sys-prefix"): "contradict each other",
        }.items():
            told = self.kernel(*words)
            self.assertEqual(2, told.returncode)
            self.assertIn(sentence, told.stderr)
            self.assertEqual(1, len(told.stderr.strip().splitlines()))


@slow
class PythonPackage(unittest.TestCase):
    def test_pip_installs_a_kernel_that_runs_and_takes_it_away(self):
        wheel = next(TARGET.glob("spd_java_kernel-*.whl"))
        with tempfile.TemporaryDirectory() as folder:
            venv.create(folder, with_pip=True)
            python = next(path for path in (Path(folder, "bin", "python"), Path(folder, "Scripts", "python.exe")) if path.exists())
            pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet"]
            subprocess.run([*pip, "install", "--no-index", "--no-deps", str(wheel)], check=True)
            kernels = Path(folder, "share", "jupyter", "kernels")
            self.assertIn("spd-java", KernelSpecManager(kernel_dirs=[str(kernels)]).find_kernel_specs())
            run = Run(kernels, "spd-java")
            self.assertEqual(["42"], run.result)
            self.assertEqual("", run.console)
            subprocess.run([*pip, "uninstall", "--yes", "spd-java-kernel"], check=True)
            self.assertFalse((kernels / "spd-java").exists())
            self.assertEqual([], list(Path(folder).rglob("spd*")))


if __name__ == "__main__":
    unittest.main()
