"""A Java program of the benchmarks that answers each line it is sent with a line of JSON."""

import json
import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


def java():
    return os.path.join(os.environ["JAVA_HOME"], "bin/java") if "JAVA_HOME" in os.environ else "java"


def launcher_settings():
    """What ./spd tells glibc's allocator."""
    found = dict(re.findall(r"\b(MALLOC_\w+)=(\d+)", (ROOT / "spd").read_text()))
    if not found:
        raise RuntimeError("no MALLOC_ settings were found in ./spd, which the benchmarks share; adapt launcher_settings")
    return found


class JavaProgram:
    def __init__(self, main, *arguments):
        settings = dict(os.environ, DJL_OFFLINE="true", DJL_CACHE_DIR=str(ROOT / ".spd/djl"))
        settings.update(launcher_settings())
        command = [java(), "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"]
        command += ["-cp", str(ROOT / "benchmarks/target/lib/*"), f"org.spdbook.benchmark.{main}", *arguments]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=settings
        )

    def ask(self, line=""):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{' '.join(self.process.args[-3:])} ended without an answer; its error is above")
        return json.loads(answer)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()
