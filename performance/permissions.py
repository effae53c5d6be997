"""Rights of this room, by the names that code asks for them; roles.py says who holds which."""

ADD_ASSESSMENT = "performance.add_assessment"
VIEW_ASSESSMENT = "performance.view_assessment"
