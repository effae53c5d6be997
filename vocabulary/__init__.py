"""The vocabulary of the field: kinds of help, units and quantities; needs, the words that speak of them, and what
counts as what. The first are closed sets, needs are kept by editors.
"""
