"""Returns: what a supplier reports of a contract for a period, and what the contract manager says to each line.

periods.py    quarters of the financial year, read from whatever people write and said in one way
reading/      a return's file: its labels, its rows, what each cell says, and what is amiss
form.py       the workbook made for one contract and period
known.py      what a contract's commitments stood at before a period and within it: what a return is held against
opening.py    the return of a contract for a period, found or opened; days belong to one return
lines.py      what counts in the ledger: claimed by the supplier, confirmed by the contract manager, corrected
answering.py  the supplier's side: draft, send, nothing this time
deciding.py   the contract manager's side: accept, ask, reject, many at once
forms.py      a return as a form; views.py and staff/ show it to its supplier and to the contract manager
imports.py    a file to answers: previewed, then saved whole
schedule.py   which returns are due when, by the size of the contract
reminders.py  who is told, before and after the day, once each
"""
