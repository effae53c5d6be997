"""Rights of this room, by the names that code asks for them; roles.py says who holds which."""

ADD_SAMPLE = "assurance.add_sample"
CHANGE_SAMPLE = "assurance.change_sample"
VIEW_SAMPLE = "assurance.view_sample"
