"""Reads the demo's guidance, plain text files an editor could have written, into the blocks of a page.

A page begins with "# Title" and lines of "name: value". Then paragraphs, "- " and "1. " lists, "## " headings,
"> " callouts, and lines that begin with "!": figure, requests, contact, table, details, support. In a step guide each
"1. Title | Who" begins a step.
"""

import re
from pathlib import Path

from django.conf import settings
from django.utils.html import escape

FOLDER = Path(__file__).resolve().parent / "guidance"


def read(name):
    """[{title, slug, ..., lines}] of one file."""
    pages = []
    for part in re.split(r"^# ", (FOLDER / f"{name}.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        head, _, body = part.partition("\n\n")
        title, *fields = head.split("\n")
        page = {"title": title.strip(), "lines": body.split("\n")}
        page |= dict(field.split(": ", 1) for field in fields)
        pages.append(page)
    return pages


class Writer:
    """Turns lines into stream data. `pages` is {slug: page id} for links, `roles` {slug: Role}."""

    def __init__(self, pages, roles):
        self.pages, self.roles = pages, roles

    def words(self, text):
        """Inline markup: **bold**, [words](page:slug) and [words](/address/)."""
        text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text))
        text = re.sub(r"\[(.+?)\]\(page:(.+?)\)", self._page_link, text)
        return re.sub(r"\[(.+?)\]\((/.*?)\)", r'<a href="\2">\1</a>', text)

    def _page_link(self, match):
        return f'<a linktype="page" id="{self.pages[match[2]]}">{match[1]}</a>'

    def body(self, lines):
        """[{type, value}] of a page's lines."""
        blocks, html, lines = [], [], [*lines, ""]
        place = 0

        def close():
            if html:
                blocks.append({"type": "text", "value": "".join(html)})
                html.clear()

        while place < len(lines):
            line = lines[place].strip()
            gathered = self._gather(lines, place)
            if line.startswith("## "):
                close()
                blocks.append({"type": "heading", "value": line[3:]})
            elif line.startswith("> "):
                close()
                blocks.append({"type": "callout", "value": line[2:]})
            elif line.startswith("!"):
                close()
                blocks.append(self._special(line[1:], gathered[1:]))
                if line.startswith(("!table", "!details")):
                    place += len(gathered) - 1
            elif line.startswith(("- ", "1. ")):
                tag = "ul" if line.startswith("- ") else "ol"
                items = "".join(f"<li>{self.words(re.sub(r'^(- |[0-9]+[.] )', '', item))}</li>" for item in gathered)
                html.append(f"<{tag}>{items}</{tag}>")
                place += len(gathered) - 1
            elif line:
                html.append(f"<p>{self.words(line)}</p>")
            place += 1
        close()
        return blocks

    @staticmethod
    def _gather(lines, place):
        """The lines from here to the next empty one, or to the next that begins with "!"."""
        found = []
        for line in lines[place:]:
            if not line.strip() or (found and line.startswith("!")):
                break
            found.append(line.strip())
        return found

    def _special(self, line, following):
        kind, _, rest = line.partition(" ")
        if kind == "figure":
            return {"type": "figure", "value": rest}
        if kind == "requests":
            wanted, how_many, heading = [*rest.split(" ", 2), "Needed now"][:3]
            return {"type": "requests", "value": {"heading": heading, "kind": wanted, "how_many": int(how_many)}}
        if kind == "contact":
            role, _, words = rest.partition(" ")
            return {"type": "contact", "value": {"role": self.roles[role].pk, "words": words}}
        if kind == "support":
            return {"type": "callout", "value": settings.SUPPORT_EMAIL}
        if kind == "details":
            text = "".join(f"<p>{self.words(words)}</p>" for words in following)
            return {"type": "details", "value": {"summary": rest, "text": text}}
        caption, *headings = [cell.strip() for cell in rest.split("|")]
        rows = [[cell.strip() for cell in row.split("|")] for row in following]
        return {
            "type": "table",
            "value": {
                "caption": caption,
                "columns": [{"type": "text", "heading": heading} for heading in headings],
                "rows": [{"values": row} for row in rows],
            },
        }

    def steps(self, lines):
        """[{type, value}] of a step guide's lines."""
        steps = []
        for line in filter(None, (line.strip() for line in lines)):
            if found := re.match(r"[0-9]+[.] (.+?) \| (.+)", line):
                steps.append({"type": "step", "value": {"title": found[1], "who": found[2], "text": ""}})
            else:
                steps[-1]["value"]["text"] += f"<p>{self.words(line)}</p>"
        return steps
