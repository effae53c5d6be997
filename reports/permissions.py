"""Rights of this room, by the names that code asks for them; roles.py says who holds which."""

ADD_PAPER = "reports.add_paper"
VIEW_PAPER = "reports.view_paper"
