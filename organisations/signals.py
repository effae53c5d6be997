"""What organisations announce, inside the transaction: a change of one, and somebody who is about to be deleted."""

from django.dispatch import Signal

FORMER = "A former member"

organisation_changed = Signal()  # its number: its state, its details or its place

person_leaves = Signal()  # user, and the address that stands for them from now on
