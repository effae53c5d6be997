"""Rights of this room, by the names that code asks for them; roles.py says who holds which."""

CHANGE_ORGANISATION = "organisations.change_organisation"
VIEW_USER = "organisations.view_user"
