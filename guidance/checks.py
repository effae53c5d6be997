"""Content checks: what an editor is warned of before a page is published, and what the health report counts."""

import re
from dataclasses import dataclass
from itertools import zip_longest
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import timezone
from wagtail.models import Page, Site

from . import reading
from .models import Download, SocialValueModel

OLDEST_READER = 14
LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.IGNORECASE | re.DOTALL)
ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"', re.IGNORECASE)
BARE_ADDRESS = re.compile(r"(?<![\w/\"=>.])(?:https?://|www\.)[^\s<]+", re.IGNORECASE)
PERSON = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
MAILTO = re.compile(r'href="mailto:([^"?]+)', re.IGNORECASE)
EMPTY_WORDS = {"here", "click here", "more", "read more", "this", "link", "this page", "this link"}
LONG_SENTENCE = 30


@dataclass(frozen=True)
class Remark:
    """One thing to put right. `kind` groups remarks in the health report."""

    kind: str
    words: str


def html_of(stream):
    """(block, HTML or text) of every piece of words in a stream, tables and lists included, as stored."""
    for block in stream:
        yield from _words(block.block_type, block.value)


def _words(kind, value):
    if hasattr(value, "source"):
        yield kind, value.source
    elif isinstance(value, str):
        yield kind, value
    elif hasattr(value, "rows") and hasattr(value, "columns"):
        for row in value.rows:
            for cell in row:
                yield from _words(kind, cell.value)
    elif hasattr(value, "items"):
        for inner in value.values():
            yield from _words(kind, inner)
    elif isinstance(value, (list, tuple)) or hasattr(value, "bound_blocks"):
        for inner in value:
            yield from _words(kind, inner)


def text_of(page):
    """All the words of a page as plain text: introduction, then every block that holds words."""
    parts = [getattr(page, "introduction", "")]
    for stream in page.streams:
        parts += [reading.text_of_html(html) for kind, html in html_of(stream) if kind not in ("figure", "requests")]
    return "\n".join(parts)


def of(page):
    """[Remark] for a page as it stands, draft or live; an empty list is what an editor wants to see."""
    return list(dict.fromkeys([*of_content(page), *_keeping(page)]))


def of_content(page):
    """[Remark] for what is written on a page, whoever keeps it."""
    return [*_links(page), *_pictures(page), *_headings(page), *_words_of(page)]


def _links(page):
    for stream in page.streams:
        for kind, html in html_of(stream):
            if kind in ("figure", "requests"):
                continue
            for attributes, inside in LINK.findall(html):
                yield from _link(dict(ATTRIBUTE.findall(attributes)), reading.text_of_html(inside).strip())
            for address in BARE_ADDRESS.findall(LINK.sub(" ", html)):
                yield Remark(
                    "link", f"“{address[:60]}” is an address without words. Make a link that says where it leads."
                )
            for address in dict.fromkeys([*PERSON.findall(reading.text_of_html(html)), *MAILTO.findall(html)]):
                if address.lower() != settings.SUPPORT_EMAIL.lower():
                    yield Remark(
                        "address", f"“{address}” may be a person’s address. Use a contact block: it names a role."
                    )


def _link(attributes, words):
    where = f"The link “{words[:60]}”"
    if not words:
        yield Remark("link", "A link has no words: nobody can see or hear where it leads.")
        where = "A link without words"
    elif words.lower() in EMPTY_WORDS:
        yield Remark("link words", f"{where} doesn’t say where it leads. Use the name of the page it opens.")
    if attributes.get("linktype") == "page":
        target = Page.objects.filter(pk=attributes.get("id") or 0).only("live", "title").first()
        if target is None:
            yield Remark("broken link", f"{where} leads to a page that was deleted.")
        elif not target.live:
            yield Remark("broken link", f"{where} leads to “{target.title}”, which is not published.")
    elif attributes.get("linktype") == "document":
        if not Download.objects.filter(pk=attributes.get("id") or 0).exists():
            yield Remark("broken link", f"{where} leads to a document that was deleted.")
    elif "href" in attributes:
        yield from _address(where, attributes["href"])


def _address(where, address):
    try:
        parts = urlsplit(address)
    except ValueError:
        yield Remark("broken link", f"{where} leads to “{address[:60]}”, which is not an address.")
        return
    ours = {urlsplit(settings.SITE_URL).hostname, *Site.objects.values_list("hostname", flat=True)}
    if parts.scheme in ("mailto", "tel") or (not parts.scheme and address.startswith("#")):
        return
    if not parts.scheme and not parts.netloc:
        if not (address.startswith("/") and _is_ours(parts.path)):
            yield Remark("broken link", f"{where} leads to “{address[:60]}”, which is not on this site.")
    elif parts.scheme not in ("http", "https") or not parts.hostname or " " in address.strip():
        yield Remark("broken link", f"{where} leads to “{address[:60]}”, which is not an address.")
    elif parts.hostname in ours - {"localhost", "127.0.0.1"}:
        yield Remark(
            "link", f"{where} looks external but leads to this site. Choose the page itself, so that it can’t break."
        )
    elif (
        "." not in parts.hostname
        or parts.hostname.startswith("127.")
        or parts.hostname.endswith((".local", ".internal", ".example"))
    ):
        yield Remark("broken link", f"{where} leads to “{parts.hostname}”, which readers can’t reach.")
    elif parts.scheme == "http":
        yield Remark("link", f"{where} leads to an address that is not secure (http). Use https.")


def _is_ours(path):
    """Whether a path on this site answers: one of our own addresses, or a live page."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    if match.url_name != "wagtail_serve":
        return True
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return False
    url_path = site.root_page.url_path + path.strip("/") + ("/" if path.strip("/") else "")
    return Page.objects.live().filter(url_path=url_path).exists()


def _pictures(page):
    for stream in page.streams:
        for block in stream:
            if block.block_type == "picture" and block.value is not None:
                words = (getattr(block.value, "contextual_alt_text", "") or "").strip()
                if not words and not getattr(block.value, "decorative", False):
                    yield Remark("alternative text", f"The picture “{block.value.title}” has no alternative text.")
                elif re.search(r"\.(jpe?g|png|gif|webp|avif)$|_", words, re.IGNORECASE):
                    yield Remark(
                        "alternative text", f"“{words[:60]}” is a file’s name, not a description of the picture."
                    )


def _headings(page):
    for stream in page.streams:
        blocks = list(stream)
        for block, following in zip_longest(blocks, blocks[1:]):
            if block.block_type == "heading" and (following is None or following.block_type == "heading"):
                yield Remark("heading", f"The heading “{block.value[:60]}” has nothing under it.")


def _words_of(page):
    text = text_of(page)
    years = reading.age(text)
    if years and years > OLDEST_READER:
        yield Remark(
            "reading age",
            f"The words suit readers of {years} and older. Aim for {OLDEST_READER}: shorter sentences, plainer words.",
        )
    for sentence in re.split(r"(?<=[.!?])\s+|\n+", text):
        length = len(reading.WORD.findall(sentence))
        if length > LONG_SENTENCE:
            yield Remark("sentence", f"A sentence has {length} words: “{sentence.strip()[:60]}…”. Cut it in two.")


def _keeping(page):
    today = timezone.localdate()
    owner = getattr(page, "owner_role", None)
    if owner is None:
        yield Remark("owner", "No role owns this page. Choose one under “Who keeps it”.")
    elif owner.holder_on(today) is None:
        yield Remark("owner", f"Nobody holds the role that owns this page: {owner}.")
    model = getattr(page, "model", None)
    if model is not None:
        if model.is_withdrawn:
            yield Remark("model", f"This page rests on a withdrawn version: {model}.")
        elif model.pk in SocialValueModel.objects.superseded_on(today):
            yield Remark("model", f"This page rests on {model}, which a newer version has replaced.")
