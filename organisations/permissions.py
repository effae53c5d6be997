"""Rights of this room, by the names that code asks for them; roles.py says who holds which."""

CHANGE_ORGANISATION = "organisations.change_organisation"
CHANGE_CAMPAIGN = "organisations.change_campaign"
VIEW_USER = "organisations.view_user"
