"""What this room says to the rooms above it, inside the transaction that changes something."""

from django.dispatch import Signal

commitment_changed = Signal()
"""What is left of a commitment changed, or it was withdrawn: number."""
