"""How answers travel: packed small, with a mark by which a browser asks whether they changed, and who may keep them.

Nothing that is for one person alone is packed: lengths of packed pages can give away what stands beside a word that
somebody else puts in (BREACH). What is the same for every reader is. Django masks a form's token anew in each answer; a
page with one is never called unchanged, as its token belongs to a cookie that may be gone.
"""

import gzip
import re
from hashlib import sha256

import brotli
from django.conf import settings
from django.http import HttpResponseNotModified
from django.utils.cache import patch_vary_headers

SMALLEST = 600  # bytes; less is not worth the work
PACKED_TYPES = ("text/", "application/json", "application/xml", "application/speculationrules+json", "image/svg+xml")
ENCODINGS = ("br", "gzip")  # the best first
AT_ONCE, FOR_LATER = 4, 9  # brotli's effort for one answer, and for one that is kept for many
TOKEN = b"csrfmiddlewaretoken"
REVALIDATE = "no-cache"


def pack(body, effort):
    """{encoding: bytes} of a body, the best first."""
    return {encoding: packed_as(encoding, body, effort) for encoding in ENCODINGS}


def packed_as(encoding, body, effort):
    return brotli.compress(body, quality=effort) if encoding == "br" else gzip.compress(body, 6, mtime=0)


def mark_of(body):
    """A weak mark of a page: another one when anything of it changes."""
    return f'W/"{sha256(body).hexdigest()[:20]}"'


def accepted(header):
    """Encodings that a browser takes, of those we have, the best first; q=0 refuses one."""
    offered = {}
    for part in header.lower().split(","):
        name, _, rest = part.partition(";")
        quality = re.search(r"q=([^\s;]*)", rest)
        try:
            offered[name.strip()] = float(quality[1]) if quality else 1.0
        except ValueError:
            offered[name.strip()] = 0.0
    return [name for name in ENCODINGS if offered.get(name, 0) > 0]


class WireMiddleware:
    """Stands outside the kept pages, which hand over what they packed before as `response.packed`."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if self.is_public(request, response):
            self.send(request, response)
            return self.unchanged(request, response) or response
        return response

    @staticmethod
    def is_public(request, response):
        """Whether this is a page that every reader without a session gets alike."""
        return (
            request.method in ("GET", "HEAD")
            and response.status_code == 200
            and not response.streaming
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and "no-store" not in response.get("Cache-Control", "")
            and not response.has_header("Content-Encoding")
            and response.get("Content-Type", "").startswith(PACKED_TYPES)
        )

    @staticmethod
    def send(request, response):
        """Mark the answer, and pack it as the browser takes it."""
        body, packed = response.content, getattr(response, "packed", None)
        if not response.has_header("ETag") and TOKEN not in body:
            response["ETag"] = mark_of(body)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = REVALIDATE
            patch_vary_headers(response, ["Cookie"])
        if len(body) < SMALLEST:
            return
        patch_vary_headers(response, ["Accept-Encoding"])
        encodings = accepted(request.headers.get("Accept-Encoding", ""))
        if encodings:
            best = encodings[0]
            response.content = packed[best] if packed else packed_as(best, body, AT_ONCE)
            response["Content-Encoding"] = best
            response["Content-Length"] = str(len(response.content))

    @staticmethod
    def unchanged(request, response):
        """The short answer to a browser that has this page already, or None."""
        if not response.has_header("ETag"):
            return None
        asked = [mark.strip().removeprefix("W/") for mark in request.headers.get("If-None-Match", "").split(",")]
        if response["ETag"].removeprefix("W/") not in asked:
            return None
        short = HttpResponseNotModified()
        for name in ("ETag", "Cache-Control", "Vary", "Content-Security-Policy"):
            if response.has_header(name):
                short[name] = response[name]
        short.cookies = response.cookies
        return short
