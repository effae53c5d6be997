"""Rights of this room, by the names that code asks for them; roles.py says who holds which."""

CHANGE_QUESTION = "talking.change_question"
CHANGE_REPORT = "talking.change_report"
