"""A workbook that Excel would not have written so is read, or refused with a sentence."""

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
    assert workbooks.survey(b"<s>" + first + second + b"</s>").unreckoned == {(1, 1), (2, 2)}
