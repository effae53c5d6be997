"""Files as they come: line ends, encodings, kinds that are no table, workbooks that hide what they mean."""

import openpyxl
import pytest
from openpyxl.styles import Font

from importing import sheets

HEAD = ["Ref", "Title", "Value"]


def rows(path):
    return [values for sheet in sheets.read(path) for _, values in sheet.rows]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_line_ends_and_encodings(ends, encoding, tmp_path):
    path = tmp_path / "file.csv"
    path.write_bytes(ends.join(["Ref,Title", "A1,Café", "A2,Crème"]).encode(encoding))
    assert rows(path) == [["Ref", "Title"], ["A1", "Café"], ["A2", "Crème"]]


def test_one_line_of_another_encoding_spoils_no_other_and_is_told(tmp_path):
    path = tmp_path / "file.csv"
    path.write_bytes("Ref,Title\nA1,Café\n".encode() + "A2,Crème\n".encode("cp1252"))
    sheet = sheets.read(path)[0]
    assert [values for _, values in sheet.rows][1:] == [["A1", "Café"], ["A2", "Crème"]]
    assert list(sheet.told) == [3]


def test_letters_that_were_garbled_before_are_told(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("Ref,Title\nA1,CafÃ©\nA2,Plain\n", encoding="utf-8")
    sheet = sheets.read(path)[0]
    assert len(list(sheet.rows)) == 3 and list(sheet.told) == [2]


@pytest.mark.parametrize(
    "content, words",
    [
        (b"<html><table><tr><td>Ref</td></tr></table></html>", "web page"), (b'[{"ref": 1}]', "JSON"),
        (b"<?xml version='1.0'?><a/>", "XML"), (b"%PDF-1.7 x", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
        (b"", "empty"), (b"a," * 3000 + b"a\n", "columns"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_named_with_what_to_do(content, words, tmp_path):
    path = tmp_path / "file.xls"
    path.write_bytes(content)
    with pytest.raises(sheets.Unreadable, match=words):
        rows(path)


def test_a_line_that_names_the_separator_is_no_heading(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("sep=;\nRef;Title\nA1;Alpha, beta\n")
    assert [(number, values) for number, values in sheets.read(path)[0].rows][1] == (3, ["A1", "Alpha, beta"])


def workbook(tmp_path, *table):
    book = openpyxl.Workbook()
    for row in (HEAD, *table):
        book.active.append(row)
    return book, tmp_path / "file.xlsx"


@pytest.mark.parametrize(
    "value, code, shown",
    [
        (0.75, "0%", "75%"), (5000, "[$$-409]#,##0.00", "$5,000.00"), (5000, "[$€-2] #,##0", "€5,000.00"),
        (123, "000000", "000123"),
        (45, '"DN"0', "DN45"), (1.2, '£0.0"m"', "1.2m"), (75, '#,##0,"k"', 75), (5, "General", 5),
        (1234.5, "£#,##0.00", 1234.5),
    ],
)  # fmt: skip
def test_what_a_format_says_and_the_number_does_not_is_put_into_words(value, code, shown, tmp_path):
    book, path = workbook(tmp_path, ["A1", "Alpha", value])
    book.active["C2"].number_format = code
    book.save(path)
    assert rows(path)[1][2] == shown


def test_hidden_and_struck_out_rows_are_told_and_merged_blocks_filled(tmp_path):
    book, path = workbook(tmp_path, ["A1", "Alpha", 1], ["A2", "Beta", 2], ["A3", "Gamma", 3], [None, None, 4])
    sheet = book.active
    sheet.row_dimensions[2].hidden = True
    sheet["B3"].font = Font(strike=True)
    sheet.merge_cells("A4:B5")
    book.save(path)
    found = sheets.read(path)[0]
    read = [values for _, values in found.rows]
    assert sorted(found.told) == [2, 3]
    assert read[3] == ["A3", "A3", 3] and read[4] == ["A3", "A3", 4]


def test_a_row_far_below_is_read(tmp_path):
    book, path = workbook(tmp_path, ["A1", "Alpha", 1])
    book.active.cell(row=20_000, column=1, value="Last")
    book.save(path)
    assert [number for number, _ in sheets.read(path)[0].rows][-1] == 20_000


def test_strict_open_xml_says_what_to_do(tmp_path):
    from zipfile import ZipFile

    path = tmp_path / "file.xlsx"
    with ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", '<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>')
    with pytest.raises(sheets.Unreadable, match="Save it as an ordinary"):
        sheets.read(path)
