"""Rights of this room, by the names that code asks for them; roles.py says who holds which."""

CHANGE_OFFER = "offers.change_offer"
VIEW_OFFER = "offers.view_offer"
CHANGE_REFERRER = "offers.change_referrer"
