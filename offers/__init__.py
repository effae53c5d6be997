"""What suppliers offer of their own accord, and what groups ask of it.

models.py      an offer, what is asked of it, who may put people forward
offering.py    verbs of an offer: keep, submit, publish, return, close
asking.py      verbs of what is asked: ask, grant, decline, take back, lapse
clocks.py      what nobody answered in time
finding.py     the public list
referring.py   who may put people forward for jobs and placements
closing.py     what becomes of them when an organisation is closed or merged
receivers.py   what was given back is offered to the next who asked
emails.py, forms.py, views.py, staff.py as everywhere
"""
