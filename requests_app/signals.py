"""What this room says to the rooms above it, inside the transaction that changes something."""

from django.dispatch import Signal

request_changed = Signal()
"""A request's place in the list, its words or its figures changed: number, went_live (public for the first time)."""
