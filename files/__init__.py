"""Files that people hand in: what they are by their content, what they may be called, how they are kept whole.

kinds.py     the kind that the bytes show; nothing that an office computer would run
names.py     the name a file is handed out under: its ending says what it is
pictures.py  a picture drawn anew, small and without what its camera wrote, at a cost that is known before
drawing.py   the process that draws one
storage.py   a store in which a full disk leaves no half file
"""
