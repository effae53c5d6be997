"""Reading what councils really publish: any encoding and separator, title rows, footers, merged cells.

sheets reads a file into rows; headings finds the heading row and what each column is; cells reads values;
engine puts them together, all or nothing; contracts and commitments say what is saved.
"""
