"""A return's file, read without the database: what it says, and a finding for each cell that is not simply right.

table.py   the sheet, the labels above and the columns, found by their names
values.py  what one cell says: a number, a day, a RAG
checks.py  rows held against what is known of the contract
"""

from .checks import Finding, Known, Line, check_rows
from .table import Table, find_table

__all__ = ["Finding", "Known", "Line", "Table", "check_rows", "find_table"]
