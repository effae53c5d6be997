"""Talking: what people say to each other on the site.

models.py       a question on a request, a message within a pledge, a report of something that is not right
contacts.py     telephone numbers, addresses and links that stand in a text
questions.py    asked by anybody who acts for an organisation, answered by the group, public once a moderator agreed
conversation.py messages between the two sides of a pledge, on the site and by the link of an e-mail
reporting.py    what somebody reports, and what the council does about it
views.py, staff.py  the pages; templatetags/ puts questions and messages on the pages of requests and pledges
"""
