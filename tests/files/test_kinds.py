"""What a file is, by its bytes: the kinds on the list, and nothing that an office computer would run."""

import io
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError

from files import kinds
from files.names import safe_name

PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n%%EOF\n"
WORD, EXCEL = kinds.OFFICE_PARTS["word/"], kinds.OFFICE_PARTS["xl/"]


def office(*parts, types="", rels=""):
    """A workbook or document of these parts, each a name or "name=XML"."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", f"<Types>{types}</Types>")
        archive.writestr("_rels/.rels", f"<Relationships>{rels}</Relationships>")
        for part in parts:
            name, _, text = part.partition("=")
            archive.writestr(name, text.encode("utf-16") if "utf-16" in text else text or "<x/>")
    return out.getvalue()


TEMPLATE_16 = '<?xml version="1.0" encoding="utf-16"?><R><R Type="x/attachedTemplate" TargetMode="External"/></R>'


def open_document(kind="text", *parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        for part in ("content.xml", *parts):
            archive.writestr(part, "x")
    return out.getvalue()


def packed(words):
    return (
        b"%PDF-1.7\n2 0 obj << /Type /ObjStm /Filter /FlateDecode >>\nstream\n"
        + zlib.compress(words)
        + (b"\nendstream endobj\n%%EOF")
    )


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (PDF, "a.pdf", kinds.PDF),
        (PDF.replace(b"%%EOF", b"stream\n\x01/JS\x02/Lau\nendstream\n%%EOF"), "scan.pdf", kinds.PDF),
        (packed(b"<< /Type /Page >>"), "a.pdf", kinds.PDF),
        ("Jürgen was here".encode(), "a.txt", kinds.TEXT),
        (b"name,hours\n=1+1,2\n", "a.csv", kinds.TEXT),
        (office("word/document.xml"), "a.docx", WORD),
        (office("xl/workbook.xml"), "a.xlsx", EXCEL),
    ],
)
def test_listed_kinds_are_taken(data, name, kind):
    assert kinds.kind_of(data, name) == kind


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<html><script>alert(1)</script></html>", "a.pdf"),
        (b"%PDF-1.4\n<script>alert(1)</script>", "invoice.html"),
        (b"%PDF-1.4\n@echo off", "run.bat"),
        (PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "a.pdf"),
        (PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /J#61vaScript >>"), "a.pdf"),
        (PDF.replace(b"/Catalog", b"/Catalog /A << /S /Launch /F (cmd.exe) >>"), "a.pdf"),
        (PDF.replace(b"/Catalog", b"/Catalog /Names << /EmbeddedFiles 3 0 R >>"), "a.pdf"),
        (packed(b"<< /S /JavaScript /JS (app.alert(1)) >>"), "a.pdf"),
        (packed(b" " * 3_000_000 + b"<< /S /JavaScript /JS (app.alert(1)) >>"), "a.pdf"),
        (packed(b"<< /S /JavaScript >>").replace(b"/ObjStm", b"/Obj#53tm"), "a.pdf"),
        (PDF.replace(b"%%EOF", b"%stream\n3 0 obj <</S/JavaScript>> endobj\n%endstream\n%%EOF"), "a.pdf"),
        (PDF.replace(b"%%EOF", b"4 0 obj << /AcroForm << /XFA [1 2] >> >> endobj\n%%EOF"), "a.pdf"),
        (b"<svg onload='alert(1)' xmlns='http://www.w3.org/2000/svg'/>", "a.png"),
        (b"MZ\x90\x00 program", "a.txt"),
        (b"#!/bin/sh", "a.sh"),
        (b"plain text", "a.exe"),
        (b"plain text", "setup.hta"),
        (office("word/document.xml", "word/vbaProject.bin"), "a.docx"),
        (office("word/document.xml", "word/VBAPROJECT.BIN"), "a.docx"),
        (office("word/document.xml", types='<O ContentType="x.macroEnabled.main+xml"/>'), "a.docx"),
        (office("xl/workbook.xml", "xl/macrosheets/sheet1.xml"), "a.xlsx"),
        (office("word/document.xml", "word/embeddings/oleObject1.bin"), "a.docx"),
        (office("word/document.xml", "word/activeX/activeX1.xml"), "a.docx"),
        (office("word/document.xml", rels='<R Type="x/attachedTemplate" TargetMode="External"/>'), "a.docx"),
        (office("word/document.xml", rels="<R TargetMode = 'External' Type='x/attached&#84;emplate'/>"), "a.docx"),
        (office("word/document.xml", rels='<R Target="a>b" Type="x/frame" TargetMode="external"/>'), "a.docx"),
        (office("word/document.xml", f"word/_rels/settings.xml.RELS={TEMPLATE_16}"), "a.docx"),
        (office("word/document.xml", rels='<R Type="x/image" TargetMode="External"/>'), "a.docx"),
        (office("word/document.xml=<p><instrText>DDE</instrText><instrText>AUTO c:\\x</instrText></p>"), "a.docx"),
        (office("word/header1.xml=<fldSimple instr='DDE c:\\x'/>", "word/document.xml"), "a.docx"),
        (office("xl/workbook.xml", "xl/externalLinks/externalLink1.xml=<a><ddeLink/></a>"), "a.xlsx"),
        (office("word/document.xml=<broken"), "a.docx"),
        (PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S/SubmitForm/F(http://a.example) >>"), "a.pdf"),
        (PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S/GoToR/F(evil) >>"), "a.pdf"),
        (office("anything"), "a.docx"),
        (open_document(), "a.odt"),
        (b"PK\x03\x04 damaged", "a.docx"),
        (b"GIF89a....", "a.gif"),
        (b"", "a.pdf"),
    ],
)
def test_everything_else_is_refused_with_a_sentence(data, name):
    with pytest.raises(ValidationError, match=r"can’t be used. Choose"):
        kinds.kind_of(data, name)


def test_editors_may_publish_more_kinds_and_nothing_that_runs():
    taken = kinds.kind_of(open_document("spreadsheet"), "a.ods", kinds.DOCUMENTS)
    assert taken == "application/vnd.oasis.opendocument.spreadsheet"
    for bad in (open_document("text", "Basic/Standard/Module1.xml"), open_document("text", "Object 1/content.xml")):
        with pytest.raises(ValidationError):
            kinds.kind_of(bad, "a.odt", kinds.DOCUMENTS)


@pytest.mark.parametrize(
    ("name", "kind", "safe"),
    [
        ("invoice.html", kinds.PDF, "invoice.html.pdf"),
        ("setup.hta", kinds.TEXT, "setup.hta.txt"),
        ("run.bat", kinds.PDF, "run.bat.pdf"),
        ("hours.csv", kinds.TEXT, "hours.csv.txt"),
        ("Report.PDF", kinds.PDF, "Report.PDF"),
        ("hall.png", "image/jpeg", "hall.jpg"),
        ("hall.jpeg", "image/jpeg", "hall.jpeg"),
        ("hall.exe", "image/jpeg", "hall.exe.jpg"),
        ("\u202egnp.exe", kinds.PDF, "gnp.exe.pdf"),
        ("a\r\nb\0c.pdf", kinds.PDF, "a bc.pdf"),
        ("../../etc/passwd", kinds.TEXT, "-etc-passwd.txt"),
        ('=cmd|" /c calc"!A1.pdf', kinds.PDF, "cmd-- -c calc-!A1.pdf"),
        ("...", kinds.PDF, "file.pdf"),
        ("con.pdf. . ", kinds.PDF, "con.pdf"),
        ("", kinds.PDF, "file.pdf"),
        ("é" * 300 + ".pdf", kinds.PDF, "é" * 196 + ".pdf"),
        ("مذكرة.docx", WORD, "مذكرة.docx"),
    ],
)
def test_a_name_says_what_the_file_is(name, kind, safe):
    assert safe_name(name, kind) == safe


def test_a_workbook_with_printer_settings_is_an_ordinary_one():
    assert kinds.kind_of(office("xl/workbook.xml", "xl/printerSettings/printerSettings1.bin"), "a.xlsx") == EXCEL


@pytest.mark.parametrize(
    "body",
    [
        b"stream\n" * 40_000,
        b"stream\n\x78\x9c" * 40_000,
        (b"stream\n" + zlib.compress(b"\0" * 40_000_000) + b"endstream\n") * 30,
    ],
    ids=["never ended", "never begun", "bombs"],
)
def test_a_pdf_is_read_once_whatever_it_claims(body, monkeypatch):
    """Work is counted, not timed: what is unpacked stays within its bound, and each stream is begun once."""
    spent, begun = [0], [0]
    unpack = kinds._unpacked

    def counted(view, start):
        begun[0] += 1
        for piece, cost in unpack(view, start):
            spent[0] += cost
            yield piece, cost

    monkeypatch.setattr(kinds, "_unpacked", counted)
    kinds._kind(b"%PDF-1.4\n" + body + b"%%EOF", "a.pdf")
    assert begun[0] <= 40_000
    assert spent[0] <= kinds.PDF_UNPACKED_BYTES + 2 * kinds.PIECE


def test_a_link_that_a_reader_follows_may_lead_elsewhere():
    link = '<R Type="http://x/hyperlink" Target="https://www.example.org" TargetMode="External"/>'
    assert kinds.kind_of(office("word/document.xml", rels=link), "a.docx") == WORD
