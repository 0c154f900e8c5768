"""The machine a benchmark ran on, in words."""

import os
import platform
import re
import subprocess


def processor():
    model = "unknown processor"
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo") as file:
            model = re.search(r"model name\s*: (.*)", file.read()).group(1)
    return f"{os.cpu_count()} cores of {model}, {platform.system()}"


def java_version(command):
    """The first line of `java -version`."""
    return subprocess.run([command, "-version"], capture_output=True, text=True, check=True).stderr.splitlines()[0]


def load():
    """How busy the machine was in the last minute."""
    return f"load average {os.getloadavg()[0]:.1f} of {os.cpu_count()} cores" if hasattr(os, "getloadavg") else "load unknown"
