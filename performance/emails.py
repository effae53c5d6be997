"""E-mails about what was asked to improve: one function an event."""

from mail.composing import send


def improvement_asked(improvement):
    send("improvement_asked", improvement.commitment.contract.people, improvement=improvement)


def improvement_answered(improvement, by):
    """To whoever asked."""
    send("improvement_answered", [improvement.by], improvement=improvement, writer=by)


def improvement_settled(improvement):
    send("improvement_settled", improvement.commitment.contract.people, improvement=improvement)
