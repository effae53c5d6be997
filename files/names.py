"""The name that a file is kept and handed out under."""

import re

from words.lines import one_line

from . import kinds

ENDINGS = {
    kinds.PDF: (".pdf",),
    kinds.TEXT: (".txt",),  # a .csv would be opened, and reckoned, by a spreadsheet
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    kinds.OFFICE_PARTS["word/"]: (".docx",),
    kinds.OFFICE_PARTS["xl/"]: (".xlsx",),
    kinds.OFFICE_PARTS["ppt/"]: (".pptx",),
    "application/vnd.oasis.opendocument.text": (".odt",),
    "application/vnd.oasis.opendocument.spreadsheet": (".ods",),
}
OF_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".heic")
MOST = 200
FORBIDDEN = re.compile(r'[\\/:*?"<>|]')


def safe_name(name, kind):
    """`name` on one line, without what a file system or a spreadsheet takes for a command, ending as its kind does.

    "invoice.html" of a PDF becomes "invoice.html.pdf"; a picture that was drawn anew as JPEG ends in .jpg.
    """
    endings = ENDINGS[kind]
    text = FORBIDDEN.sub("-", one_line(name)).strip(" .").lstrip("=+-@").strip(" .") or "file"
    if kind == "image/jpeg" and text.lower().endswith(OF_PICTURES) and not text.lower().endswith(endings):
        text = text[: text.rindex(".")] or "file"
    if text.lower().endswith(endings):
        stem, ending = text[: text.rindex(".")], text[text.rindex(".") :]
    else:
        stem, ending = text, endings[0]
    return (stem[: MOST - len(ending)].rstrip(" .") or "file") + ending
