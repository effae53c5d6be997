"""E-mails about delivery plans: one function an event. Each tells of all plans of a contract together."""

from mail.composing import send


def plans_wait(contract, plans):
    """To the supplier: plans that its lead has to accept, or say what is wrong with."""
    send("plans_wait", contract.people, contract=contract, plans=plans)


def plans_late(contract, plans):
    """The same, once their time is up."""
    send("plans_wait", contract.people, contract=contract, plans=plans, late=True)


def plans_unanswered(contract, plans):
    """To the contract manager: the supplier let its time go by."""
    send("plans_unanswered", [contract.manager], contract=contract, plans=plans)


def plans_answered(contract, answers):
    """To the contract manager: what the supplier said to each."""
    send("plans_answered", [contract.manager], contract=contract, answers=answers)
