"""Reading files that people hand in: CSV and workbooks, every faulty cell named, all or nothing.

sheets.py    the rows of a file, in any encoding and with any separator; what can't be read is refused
headings.py  which column is which field; mappings.py remembers what was asked once
cells.py     what a cell says: money, days, yes and no
doubts.py    columns and cells that are unsure, and so are asked about
engine.py    one run over a file, for an importer of any kind
report.py    what came of it, and what an importer must say of itself
command.py   the shape of every import command
runs.py      the same on the staff screen (staff.py): kept, previewed, saved once
kinds.py     the kinds of file that rooms above offer
"""
