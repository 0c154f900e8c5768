"""Rules of the book's pages that MyST does not check: descriptions of pictures, and links in the written pages."""

import re
from html.parser import HTMLParser

LONGEST_ALT = 250
PICTURE = re.compile(r"!\[(.*?)\]\(", re.DOTALL)
DIRECTIVE = re.compile(r"^(:::+|```+)\{(?:figure|image)\}.*?^\1\s*$", re.DOTALL | re.MULTILINE)


def alt_problems(text):
    """What is wrong with the descriptions of the pictures of a Markdown text."""
    alts = PICTURE.findall(text)
    for directive in DIRECTIVE.finditer(text):
        alts.append("".join(re.findall(r"^:alt:(.*)$", directive[0], re.MULTILINE)))
    return [f"description {alt.strip()[:40]!r}" for alt in alts if not 0 < len(alt.strip()) <= LONGEST_ALT]


def chart_problem(bundle):
    """What is wrong with the sentence that stands for a chart, None if nothing."""
    sentence = "".join(bundle.get("text/plain", ""))
    good = len(sentence) <= LONGEST_ALT and " " in sentence and sentence.endswith(".")
    return None if good else f"chart with the text {sentence[:40]!r}"


class Links(HTMLParser):
    """The ids of a page and the addresses it uses."""

    def __init__(self, path):
        super().__init__()
        self.ids, self.addresses = set(), []
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.ids.add(given.get("id"))
        self.addresses += [given[name] for name in ("href", "src") if name in given]


def broken_links(folder):
    """Addresses in the pages of a folder that lead to no file or to no place in it."""
    parsed = {path.name: Links(path) for path in sorted(folder.glob("*.html"))}
    for name, links in parsed.items():
        for address in links.addresses:
            path, _, anchor = address.partition("#")
            if re.match(r"[a-z]+:", address):
                continue
            target = path or name
            if not (folder / target).is_file() or anchor and anchor not in parsed[target].ids:
                yield f"{name}: {address}"
