"""Suppliers, their contracts and what they promised in them, and the ledger of what came of it."""
