"""E-mail: every message is a row in the transaction that caused it, and a worker hands it over.

composing.py   a template, a person and a subject become a message
outbox.py      Django's mail backend that writes rows instead of sending: what allauth and Wagtail send goes here too
models.py      the row: what, to whom, how it stands
delivery.py    taking a row, handing it over once, trying again, giving up aloud
smtp.py        the mail server, with a mark before the point of no return
postman.py     the thread of a worker that delivers
again.py       sending a failed message again, by a person
"""
