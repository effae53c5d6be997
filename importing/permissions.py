"""Rights of this room, by the names that code asks for them; roles.py says who holds which."""

ADD_IMPORT_RUN = "importing.add_importrun"
