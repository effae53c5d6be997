"""Moves of a state: one table of verbs beside the model, one way to make a move.

A model says which verbs there are, from which states each starts and where it ends:

    moves = Moves("This pledge has been answered.", accept=Move("offered", "accepted", "requestor"), ...)

The module that owns the verbs locks what a verb touches, reads the row, and calls `make`; nobody else writes the state.
Screens ask `can` and `open_to`, and compare no states themselves.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from wagtail.log_actions import log


@dataclass(frozen=True)
class Move:
    """The states (one or a tuple) that a verb starts from, the one it ends in, and the sides it is offered to."""

    before: str | tuple
    after: str
    sides: str | tuple = ()

    def starts_from(self, state):
        return state in (self.before if isinstance(self.before, tuple) else (self.before,))

    def is_offered_to(self, side):
        return side in (self.sides if isinstance(self.sides, tuple) else (self.sides,))


class Moves:
    """The verbs of one model; `refusal` is the sentence for whoever comes too late."""

    def __init__(self, refusal, **verbs):
        self.refusal, self.verbs = refusal, verbs

    def can(self, row, verb):
        """Whether a row stands where this verb starts from; KeyError for a verb that the model does not know."""
        return self.verbs[verb].starts_from(row.state)

    def open_to(self, row, side):
        """{verb: True} of what `side` may do with a row as it stands: {% if can.accept %}."""
        return {
            verb: True for verb, move in self.verbs.items() if move.starts_from(row.state) and move.is_offered_to(side)
        }

    def make(self, row, verb, *, by, log_as="", data=None, about=None, **fields):
        """Move a row by a verb, write `fields` with its state, and log it.

        The row is written only if its state is still the one that was read: else, and where the verb does not start
        from there, ValidationError (code "moved"). The log's action is `log_as`, else the state it ends in; it stands
        at `about`, else at the row.
        """
        move, model = self.verbs[verb], type(row)
        written = move.starts_from(row.state) and model._base_manager.filter(pk=row.pk, state=row.state).update(
            state=move.after, **fields
        )
        if not written:
            raise ValidationError(self.refusal, code="moved")
        log(about or row, f"{model._meta.app_label}.{log_as or move.after}", user=by, data=data or {})
        row.refresh_from_db(fields=["state", *fields])
