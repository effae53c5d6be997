"""Reading files that people hand in: what is not sure is asked about or refused, with its place; nothing is guessed.

engine.py          a file, step by step; saved whole or not at all
sheets.py          which kind of file it is: text_files.py, workbooks.py make rows of it (tables.py)
headings.py        the row of headings, and which words speak of which field
profiles.py        what stands in a column, from its cells alone
meanings.py        which field each column is, by both; columns.py says what is left out and missing
writing.py         how each column is written: day_columns.py, amount_columns.py
cells.py           one cell as text, day, amount, yes or no
doubts.py          what is asked about or refused; rows.py reads row by row
report.py          what was found, decided and asked; what an importer says of itself
mappings.py        what people said a layout's columns are
command.py, runs.py, staff.py   the command line and the screen
"""
