"""What organisations announce, inside the transaction: a change of one, and somebody who is about to be deleted."""

from django.dispatch import Signal

FORMER = "A former member"

organisation_changed = Signal()  # its number: its state, its details or its place

organisation_closed = Signal()
"""The organisation, by whom and why: what it still owes or waits for is settled, with a word to the other side."""

closing_asked = Signal()
"""What closing an organisation would do; whoever hears it answers with a sentence, or ""."""

organisations_merge = Signal()
"""`kept` and `other`, about to become one: ValidationError of whoever hears it stops that."""

contact_changed = Signal()
"""An organisation whose contact is another, or is reached in another way."""

person_leaves = Signal()  # user, and the address that stands for them from now on
