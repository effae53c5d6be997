"""The vocabulary of the field: which words speak of which need, and what counts as what. Kept by editors."""
