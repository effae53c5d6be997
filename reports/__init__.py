"""What leaders, committees and the public read: the greatest contracts, one page each, and the committee's paper.

greatest.py  the contracts with the most social value, narrowed and exported
sums.py      over all contracts, unit by unit, as known on a day
facts.py     everything that a paper says of a day, worked out
fact_sheet.py  the shape of it, and the way into JSON and back
changes.py   what is different from the paper before
papers.py    a paper made and kept as it was; what a person adds
printing.py  a paper as HTML, DOCX and PDF
"""
