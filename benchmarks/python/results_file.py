"""benchmarks/RESULTS.md, a head and sections; a command replaces the sections it measured and leaves the others."""

import re

from java_program import ROOT

PATH = ROOT / "benchmarks/RESULTS.md"
HEAD = "# Results"


def replace(sections):
    """Takes texts by title (`# Results` or `## Title`); new ones go to the end."""
    kept = re.split(r"^(?=##? )", PATH.read_text(), flags=re.MULTILINE) if PATH.exists() else []
    texts = {text.splitlines()[0]: text for text in kept if text}
    for title, text in sections.items():
        texts[title] = f"{title}\n\n{text.strip()}\n"
    ordered = [texts.pop(HEAD, f"{HEAD}\n"), *texts.values()]
    PATH.write_text("\n".join(text.strip() + "\n" for text in ordered))
