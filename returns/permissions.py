"""Rights of this room, by the names that code asks for them; roles.py says who holds which."""

CHANGE_RETURN = "returns.change_return"
VIEW_RETURN = "returns.view_return"
