"""Rights of this room, by the names that code asks for them; roles.py says who holds which."""

CHANGE_MESSAGE = "mail.change_message"
VIEW_MESSAGE = "mail.view_message"
