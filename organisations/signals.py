"""What organisations announce: somebody is about to be deleted, in the same transaction."""

from django.dispatch import Signal

FORMER = "A former member"

person_leaves = Signal()  # user, and the address that stands for them from now on
