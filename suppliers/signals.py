"""What this room says to the rooms above it, inside the transaction that changes something.

Every verb and every importer says it; nothing listens to the saving of a row, for some are written in bulk.
"""

from django.dispatch import Signal

commitment_changed = Signal()
"""Its words, what is left of it, or whether it stands: number."""

contracts_changed = Signal()
"""Their days, their supplier or their area: numbers."""

offer_changed = Signal()
"""What a supplier says it can offer and how far it travels: organisation, its number."""
