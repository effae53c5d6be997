"""Pages of guidance: their types, the panels of their editor, and which there are to keep."""
