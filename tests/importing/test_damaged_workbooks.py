"""A workbook that Excel would not have written so is read, or refused with a sentence."""

import io
import re
from zipfile import ZipFile

import openpyxl
import pytest

from importing import sheets, workbooks

BROKEN_SHEETS = {
    "no places": (rb' r="[A-Z]+\d+"', b""),
    "a place that is none": (rb' r="F2"', b' r="zzz"'),
    "half of it": (rb"<sheetData>.*", b"<sheetData><row"),
    "a number that is none": (rb"<v>15</v>", b"<v>zzz</v>"),
    "a row that is none": (rb'<row r="2"', b'<row r="zz"'),
    "a far merge": (rb"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="ZZZZ1:ZZZZ3"/></mergeCells>'),
    "a long merge": (rb"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:A1000000"/></mergeCells>'),
}


@pytest.mark.parametrize("damage", BROKEN_SHEETS)
def test_a_damaged_sheet_is_answered_with_a_sentence(damage, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Contract Reference", "Contract Title", "Supplier", "Contract Value", "a", "b"])
    book.active.append(["A1", "Alpha", "Builder Ltd", 15, "x", "=1+1"])
    book.save(tmp_path / "whole.xlsx")
    pattern, instead = BROKEN_SHEETS[damage]
    with ZipFile(tmp_path / "whole.xlsx") as whole, ZipFile(tmp_path / "broken.xlsx", "w") as broken:
        for part in whole.namelist():
            data = whole.read(part)
            broken.writestr(part, re.sub(pattern, instead, data, flags=re.DOTALL) if "sheet1" in part else data)
    try:
        found = [list(sheet.rows) for sheet in sheets.read(tmp_path / "broken.xlsx")]
    except sheets.Unreadable as refused:
        assert "damaged" in str(refused) or "merged" in str(refused)
    else:
        assert damage == "no places", found


def test_formulas_are_found_where_a_sheet_leaves_places_out():
    first, second = b"<row><c><v>1</v></c><c><f>1+1</f></c></row>", b"<row><c r='C2'><f>2</f><v/></c></row>"
    assert workbooks.survey(io.BytesIO(b"<s>" + first + second + b"</s>")).unreckoned == {(1, 1), (2, 2)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_part_that_declares_entities_never_reaches_a_parser(encoding, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Contract Reference", "Contract Title", "Supplier", "Contract Value"])
    book.save(tmp_path / "whole.xlsx")
    laughs = '<?xml version="1.0"?><!-- far --><!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><s>&b;</s>'
    with ZipFile(tmp_path / "whole.xlsx") as whole, ZipFile(tmp_path / "laughs.xlsx", "w") as broken:
        for part in whole.namelist():
            broken.writestr(part, laughs.encode(encoding) if "sheet1" in part else whole.read(part))
    with pytest.raises(sheets.Unreadable, match="declares"):
        sheets.read(tmp_path / "laughs.xlsx")


def test_a_line_longer_than_any_row_is_refused_before_it_is_taken_in(tmp_path):
    (tmp_path / "long.csv").write_bytes(b'Ref,Title\r\nA1,"' + b"x" * 9_000_000 + b'"\r\n')
    with pytest.raises(sheets.Unreadable, match="too long"):
        sheets.read(tmp_path / "long.csv")
