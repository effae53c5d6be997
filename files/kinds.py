"""The kind of a file by its bytes, never by its name; ValidationError for anything that is not on the list."""

import io
import re
import struct
import zipfile
import zlib
from contextlib import suppress

import filetype
from defusedxml.ElementTree import iterparse
from django.core.exceptions import ValidationError

from .parts import beginning, whole

PICTURES = {"image/jpeg", "image/png", "image/webp"}
PDF, TEXT = "application/pdf", "text/plain"
OPEN_XML = "application/vnd.openxmlformats-officedocument."
OFFICE_PARTS = {
    "word/": OPEN_XML + "wordprocessingml.document",
    "xl/": OPEN_XML + "spreadsheetml.sheet",
    "ppt/": OPEN_XML + "presentationml.presentation",
}
OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "application/vnd.oasis.opendocument.text",
    b"application/vnd.oasis.opendocument.spreadsheet": "application/vnd.oasis.opendocument.spreadsheet",
}
EVIDENCE = {PDF, TEXT, *PICTURES, OFFICE_PARTS["word/"], OFFICE_PARTS["xl/"]}
DOCUMENTS = {PDF, TEXT, *OFFICE_PARTS.values(), *OPEN_DOCUMENT.values()}  # what editors publish
RUNS = re.compile(
    r"vbaproject|vbadata|macrosheets/|activex|embeddings/|oleobject|customui|\.(exe|dll|js|vbs|hta|bat|cmd|scr|ps1)$",
    re.IGNORECASE,
)
RUNS_IN_TYPES = re.compile(r"macroEnabled|vbaProject|ms-office\.activeX|oleObject", re.IGNORECASE)
WRITTEN = re.compile(r"word/[^/]*\.xml|xl/externalLinks/[^/]*\.xml", re.IGNORECASE)  # parts in which a field may act
DDE = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)
PDF_RUNS = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoTo[RE])\b")
PDF_STREAM = re.compile(rb"stream\r?\n")
PDF_UNPACKED_BYTES = 200_000_000  # read and unpacked of one file's streams; one that needs more is refused
PDF_HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
PDF_STREAM_COST = 2_000  # of a stream, however short
PIECE, PIECE_READ, LONGEST_NAME = 1_000_000, 20_000, 100
MOST_PARTS, MOST_PART_BYTES, MOST_BYTES = 5000, 20_000_000, 200_000_000  # of one part, and of all that are read
# What is raised of files that are damaged, locked, or name their parts by what is no text.
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, NotImplementedError, RuntimeError, KeyError,
    TypeError, OSError, SyntaxError,
)  # fmt: skip


def kind_of(data, name, allowed=EVIDENCE, words="another file"):
    """The content type that the bytes themselves show, one of `allowed`; `words` say what may be chosen instead."""
    kind = _kind(data, name)
    if kind not in allowed:
        raise ValidationError(f"“{name}” can’t be used. Choose {words}.", code="type")
    return kind


def _kind(data, name):
    if data.startswith(b"%PDF-"):
        return PDF if _is_quiet_pdf(data) else ""
    if data[:4] == b"PK\x03\x04":
        return _office_kind(data)
    guessed = filetype.guess(data)
    if guessed:
        return guessed.mime if guessed.mime in PICTURES else ""
    return TEXT if name.lower().endswith((".txt", ".csv")) and _is_text(data) else ""


def _is_text(data):
    try:
        return "\0" not in data.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _is_quiet_pdf(data):
    """A PDF to its end, with nothing in it that a reader would run, open or send."""
    if b"%%EOF" not in data[-2048:] or _runs(data):
        return False
    budget = PDF_UNPACKED_BYTES
    view = memoryview(data)
    for found in PDF_STREAM.finditer(data):  # whatever is packed: the words around a stream may lie about it
        for piece, cost in _unpacked(view, found.end()):
            budget -= cost
            if budget < 0 or _runs(piece):
                return False
    return True


def _runs(text):
    """Whether it holds a name that makes a reader act, also in hexadecimal: /#4Caunch is /Launch."""
    if PDF_RUNS.search(text):
        return True
    return b"#" in text and bool(PDF_RUNS.search(PDF_HEX.sub(lambda found: bytes([int(found[1], 16)]), text)))


def _unpacked(data, start):
    """(piece, bytes that it took) of what is packed from `start` on; pieces overlap by the longest name."""
    head = data[start : start + 2]
    if len(head) < 2 or head[0] & 15 != 8 or int.from_bytes(head, "big") % 31:
        return  # not packed in the way that PDFs pack objects
    yield b"", PDF_STREAM_COST
    unpacker, end, rest, tail = zlib.decompressobj(), start, b"", b""
    with suppress(zlib.error):
        while not unpacker.eof and (rest or end < len(data)):
            taken = rest or data[end : end + PIECE_READ]
            end += 0 if rest else len(taken)
            piece = unpacker.decompress(taken, PIECE)
            rest = unpacker.unconsumed_tail
            yield tail + piece, len(piece) + len(taken) - len(rest)
            tail = piece[-LONGEST_NAME:]


def _office_kind(data):
    """The kind of a Word, Excel, PowerPoint or OpenDocument file without macros and embedded things, else ""."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts, left = archive.namelist(), MOST_BYTES
            is_twice = len({part.lower() for part in parts}) < len(parts)  # the second hides what the first says
            if is_twice or len(parts) > MOST_PARTS or any(RUNS.search(part) for part in parts):
                return ""
            if parts[:1] == ["mimetype"]:
                said = beginning(archive, "mimetype", 100).strip()
                return OPEN_DOCUMENT.get(said, "") if _is_quiet_odf(parts) else ""
            for part in archive.infolist():
                name = part.filename.lower()
                if not (name == "[content_types].xml" or name.endswith(".rels") or WRITTEN.fullmatch(name)):
                    continue
                words = whole(archive, part.filename, min(MOST_PART_BYTES, left))
                if words is None or _acts(words):
                    return ""
                left -= len(words)
    except UNREADABLE:
        return ""
    return next((kind for start, kind in OFFICE_PARTS.items() if any(part.startswith(start) for part in parts)), "")


def _acts(xml):
    """Whether a part names a macro, fetches from elsewhere by itself, or holds a field that starts a program.

    A link that a reader has to follow may lead elsewhere. Parsed, as the same words can be written in many ways.
    """
    field = ""
    for _, element in iterparse(io.BytesIO(xml), events=("end",)):
        tag, given = element.tag.rpartition("}")[2], {key.rpartition("}")[2]: value for key, value in element.items()}
        if tag in ("ddeLink", "oleLink") or any(RUNS_IN_TYPES.search(value) for value in given.values()):
            return True
        if given.get("TargetMode", "").lower() == "external" and not given.get("Type", "").endswith("/hyperlink"):
            return True
        field += {"instrText": element.text or "", "fldSimple": f" {given.get('instr', '')} ", "p": " "}.get(tag, "")
        element.clear()
    return bool(DDE.search(field))


def _is_quiet_odf(parts):
    return not any(part.startswith(("Basic/", "Scripts/", "Object ")) for part in parts)
