"""E-mails about returns: one function an event."""

from mail.composing import send
from organisations.models import User

from .permissions import CHANGE_RETURN


def managers(of_return):
    """The contract manager who is active; without one, whoever may answer returns."""
    manager = of_return.contract.manager
    return [manager] if manager and manager.is_active else list(User.objects.who_may(CHANGE_RETURN))


def due(of_return, days):
    """`days` until it is due: below 0 it is late."""
    send("return_due", of_return.contract.people, of_return=of_return, days=days, late=-days)


def escalated(of_return):
    send("return_late", managers(of_return), of_return=of_return)


def sent(of_return):
    answers = list(of_return.answers.select_related("commitment"))
    send("return_sent", managers(of_return), of_return=of_return, answers=answers)


def answered(of_return):
    """To the supplier: what is asked or rejected, else that all was accepted."""
    answers = list(of_return.answers.select_related("commitment"))
    context = {
        "asked": [answer for answer in answers if answer.state == answer.State.QUERIED],
        "rejected": [answer for answer in answers if answer.state == answer.State.REJECTED],
        "accepted": [answer for answer in answers if answer.state == answer.State.ACCEPTED],
    }
    send("return_answered", of_return.contract.people, of_return=of_return, **context)


def unanswered(of_return):
    send("return_unanswered", managers(of_return), of_return=of_return)
