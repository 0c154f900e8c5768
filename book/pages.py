"""Writes the pages of the book as plain HTML from the content MyST has built.

MyST's own themes come over the network; this needs none, uses no script, and its links are relative, so that the pages
can be read from a folder. Math, citations, numbers and cross-references are MyST's. An unknown kind of content is an error.
"""

import base64
import html
import json
import re
import shutil

# Content that is one element around its children.
ELEMENTS = {
    "paragraph": "p",
    "emphasis": "em",
    "strong": "strong",
    "delete": "del",
    "subscript": "sub",
    "superscript": "sup",
    "blockquote": "blockquote",
    "listItem": "li",
    "tableRow": "tr",
    "caption": "figcaption",
    "definitionList": "dl",
    "definitionTerm": "dt",
    "definitionDescription": "dd",
    "details": "details",
    "summary": "summary",
    "citeGroup": "span",
    "span": "span",
    "admonition": "aside",
    "admonitionTitle": "strong",
    "outputs": "div",
    "root": "article",
    "block": "section",
}
CLASSES = {"citeGroup": "cites", "outputs": "outputs"}
ANSI = re.compile(r"\x1b\[[0-9;]*m")


class UnknownContent(Exception):
    """A kind of content, or of output, that no rule turns into HTML."""


def tag(name, inner, **attributes):
    """An element; attributes that are None are left out, and class_ is class."""
    given = "".join(
        f' {key.rstrip("_")}="{html.escape(str(value))}"' for key, value in attributes.items() if value is not None
    )
    return f"<{name}{given}>{inner}</{name}>"


class Writer:
    """Turns the tree of one page into HTML."""

    def __init__(self, content, public):
        self.content = content
        self.public = public

    def children(self, node):
        return "".join(self.write(child) for child in node.get("children", []))

    def write(self, node):
        kind = node["type"]
        if kind in ELEMENTS:
            return tag(ELEMENTS[kind], self.children(node), class_=CLASSES.get(kind))
        rule = getattr(self, "write_" + kind, None)
        if rule is None:
            place = self.content["location"]
            raise UnknownContent(f"{place} has content of kind {kind}, which pages.py cannot write; add a rule for it")
        return rule(node)

    def write_text(self, node):
        return html.escape(node["value"], quote=False)

    def write_inlineCode(self, node):
        return tag("code", html.escape(node["value"], quote=False))

    def write_code(self, node):
        return tag("pre", self.write_inlineCode(node), class_="code", tabindex=0)

    def write_heading(self, node):
        return tag(f"h{node['depth']}", self.children(node), id=node.get("html_id"))

    def write_list(self, node):
        return tag("ol" if node.get("ordered") else "ul", self.children(node), start=node.get("start"))

    def write_link(self, node):
        return tag("a", self.children(node), href=address(node["url"]))

    def write_crossReference(self, node):
        page = address(node["url"]) if node.get("url") else ""
        return tag("a", self.children(node), href=f"{page}#{node['html_id']}")

    def write_cite(self, node):
        return tag("a", self.children(node), href=f"#cite-{node['identifier']}")

    def write_inlineMath(self, node):
        return node["html"]

    def write_math(self, node):
        number = node.get("enumerator")
        side = tag("span", f"({number})", class_="number") if number else ""
        return tag("div", tag("div", node["html"]) + side, class_="math", id=node.get("html_id"))

    def write_image(self, node):
        return f'<img src="{html.escape(node["url"].lstrip("/"))}" alt="{html.escape(node["alt"])}">'

    def write_captionNumber(self, node):
        return tag("strong", self.children(node)) + " "

    def write_container(self, node):
        return tag("figure", self.children(node), id=node.get("html_id"))

    def write_table(self, node):
        return tag("div", tag("table", self.children(node)), class_="wide")

    def write_tableCell(self, node):
        side = f"text-align:{node['align']}" if node.get("align") else None
        if node.get("header"):
            return tag("th", self.children(node), scope="col", style=side)
        return tag("td", self.children(node), style=side)

    def write_abbreviation(self, node):
        return tag("abbr", self.children(node), title=node["title"])

    def write_footnoteReference(self, node):
        return tag("sup", tag("a", node["enumerator"], href=f"#note-{node['identifier']}"))

    def write_footnoteDefinition(self, node):
        number = tag("sup", node["enumerator"])
        return tag("div", number + self.children(node), id=f"note-{node['identifier']}", class_="note")

    def write_thematicBreak(self, node):
        return "<hr>"

    def write_break(self, node):
        return "<br>"

    def write_comment(self, node):
        return ""

    def write_output(self, node):
        output = node["jupyter_data"]
        printed = {"stream": "text", "error": "traceback"}.get(output["output_type"])
        if printed:  # MyST has joined the lines of both
            return tag("pre", html.escape(ANSI.sub("", output[printed]), quote=False), class_="stream")
        return self.display({kind: self.read(value) for kind, value in output["data"].items()})

    def read(self, value):
        """The bytes of one representation; MyST puts long ones and pictures into files of their own."""
        return value["content"].encode("utf-8") if "content" in value else (self.public / value["path"].lstrip("/")).read_bytes()

    def display(self, bundle):
        """The form of a result that needs no script: a picture, HTML or text."""
        text = bundle.get("text/plain", b"").decode("utf-8")
        for kind, form in (("image/svg+xml", "chart"), ("image/png", "picture")):
            if kind in bundle:
                data = base64.b64encode(bundle[kind]).decode("ascii")
                return f'<img class="{form}" src="data:{kind};base64,{data}" alt="{html.escape(text)}">'
        if "text/html" in bundle:
            return tag("div", bundle["text/html"].decode("utf-8"), class_="wide")
        if "text/plain" in bundle:
            return tag("pre", html.escape(text, quote=False), class_="stream", tabindex=0)
        place = self.content["location"]
        raise UnknownContent(f"{place} has an output of the kinds {sorted(bundle)}, none of which can be written")


def address(url):
    """The file of a page that MyST names by its path; addresses elsewhere stay."""
    if not url.startswith("/"):
        return url
    path, mark, anchor = url[1:].partition("#")
    return f"{path or 'index'}.html{mark}{anchor}"


def sources(content):
    """The works a page cites."""
    cite = content["references"].get("cite", {})
    if not cite.get("order"):
        return ""
    items = "".join(tag("li", cite["data"][key]["html"], id=f"cite-{key}") for key in cite["order"])
    return tag("h2", "Works cited", id="works-cited") + tag("ol", items, class_="works")


def entry(slug, content):
    """A page in the menu: its slug and its title, after the number of its notebook."""
    number = re.search(r"/0?(A?\d+)-[^/]*\.ipynb$", content["location"])
    title = content["frontmatter"]["title"]
    return slug, f"{number[1]} {title}" if number else title


def notebook(content):
    """Where the notebook of a page is."""
    if not content["location"].endswith(".ipynb"):
        return ""
    name = content["frontmatter"]["exports"][0]["url"].lstrip("/")
    path = "notebooks/" + content["location"].rsplit("/", 1)[-1]
    link = tag("a", tag("code", html.escape(path)), href=name)
    return tag("p", f"This page is the notebook {link}; run and change it by <code>./spd lab</code>.", class_="origin")


def page(site_title, entries, position, content, public):
    """One HTML file: the menu, the page, its neighbours."""
    title = html.escape(content["frontmatter"]["title"])
    menu = "".join(
        tag("li", tag("a", html.escape(name), href=f"{slug}.html", aria_current="page" if i == position else None))
        for i, (slug, name) in enumerate(entries)
    ).replace("aria_current", "aria-current")
    places = (("Before", position - 1), ("Next", position + 1))
    around = [(word, entries[i]) for word, i in places if 0 <= i < len(entries)]
    turn = "".join(tag("a", f"{word}: {html.escape(name)}", href=f"{slug}.html") for word, (slug, name) in around)
    body = tag("h1", title) + notebook(content) + Writer(content, public).write(content["mdast"]) + sources(content)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} - {html.escape(site_title)}</title>
<link rel="stylesheet" href="katex/katex.min.css">
<link rel="stylesheet" href="book.css">
</head>
<body>
<a class="skip" href="#content">To the text</a>
<nav aria-label="Pages"><p><a href="index.html">{html.escape(site_title)}</a></p><ol>{menu}</ol></nav>
<main id="content">{body}<footer>{turn}</footer></main>
</body>
</html>
"""


def write(site, katex, style, out):
    """Writes the pages of the content in site to out, with pictures, notebooks and fonts; returns their names."""
    project = json.loads((site / "config.json").read_text("utf-8"))["projects"][0]
    slugs = [project["index"]] + [entry["slug"] for entry in project["pages"]]
    contents = [json.loads((site / "content" / f"{slug}.json").read_text("utf-8")) for slug in slugs]
    entries = [entry(slug, content) for slug, content in zip(slugs, contents)]
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(site / "public", out)
    shutil.copytree(katex / "fonts", out / "katex" / "fonts", ignore=shutil.ignore_patterns("*.ttf", "*.woff"))
    shutil.copy(katex / "katex.min.css", out / "katex")
    shutil.copy(style, out / "book.css")
    for position, (slug, content) in enumerate(zip(slugs, contents)):
        (out / f"{slug}.html").write_text(page(project["title"], entries, position, content, site / "public"), "utf-8")
    return [f"{slug}.html" for slug in slugs]
