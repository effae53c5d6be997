"""The demo's requests, in every state, over eighteen months."""

from datetime import timedelta
from decimal import Decimal

from guidance.models import Outcome
from requests_app import moderation, standing, totals
from requests_app.models import Request, RequestTotals

from .clock import at
from .words import NEEDS

REQUESTS = 250


def make_requests(groups, people, dice, today):
    """250 requests: most public, some drafts, waiting, returned, paused and closed. Returns the public ones."""
    outcomes = {outcome.code: outcome for outcome in Outcome.objects.all()}
    public = []
    for number in range(REQUESTS):
        group = groups[number % len(groups)] if number % 9 else groups[0]
        need = NEEDS[(number * 7 + number // len(NEEDS)) % len(NEEDS)]
        posted = today - timedelta(
            days=int(540 * (1 - number / REQUESTS)) + dice.randrange(3), hours=-dice.randrange(9)
        )
        request = _row(need, group, number, posted, outcomes, dice)
        with at(posted):
            if number < REQUESTS - 12:
                _publish(request, posted)
                public.append(request)
            else:
                _moderate(request, number, people, posted)
    return public


def _row(need, group, number, posted, outcomes, dice):
    title, description, beneficiaries, kind, quantities, unit, of_what, code = need
    remote = kind == "advice" and unit == "hours" and number % 3 == 0
    request = Request(
        organisation=group,
        kind=kind,
        title=title,
        description=description,
        beneficiaries=beneficiaries,
        quantity=Decimal(dice.choice(quantities)),
        unit=unit,
        unit_words=of_what,
        remote=remote,
        postcode="" if remote else group.postcode,
        outcode=None if remote else group.outcode,
        district=None if remote else group.district,
        date_kind="on" if kind == "volunteers" and unit == "days" else "by",
        needed_by=(posted + timedelta(days=dice.randrange(60, 200))).date(),
        outcome=outcomes[code],
        live=False,
    )
    if kind in ("volunteers", "jobs"):
        request.hosts_at_once = dice.choice([4, 8, 12, 20])
        request.supervision = "One of our team is there all the time"
        request.insurance = "We hold public liability for £5m"
        request.hosting_cost = Decimal(dice.choice([60, 120, 250])) if dice.random() < 0.4 else None
        if "children" in beneficiaries.lower() or "befriending" in title.lower():
            request.dbs, request.dbs_reason = (
                "enhanced",
                "Regular contact with the same people, sometimes alone",
            )
    return request


def _publish(request, posted):
    request.live = True
    request.first_published_at = request.last_published_at = posted
    request.save()
    totals.place(request)


def _moderate(request, number, people, posted):
    """The last dozen: drafts, some with the moderator, one returned with a reason."""
    request.needed_by = (posted + timedelta(days=120)).date()
    request.save()
    step = number % 4
    if step == 0:
        return
    owner = request.organisation.memberships.filter(role="owner").first().user
    moderation.submit(request, by=owner)
    if step == 1:
        state = request.current_workflow_state
        state.current_task_state.specific.task.specific.on_action(
            state.current_task_state,
            people["mo"],
            "reject",
            comment="Please say how many people you can host at once, and whether there is parking.",
        )


def settle_states(requests, dice, today):
    """Pause and close some of the older ones that nobody has answered for."""
    for request in requests[: len(requests) // 2]:
        row = RequestTotals.objects.get(request=request)
        if row.accepted >= row.asked or row.accepted:
            continue
        with at(today - timedelta(days=dice.randrange(5, 60))):
            if dice.choice(["close", "pause", "pause"]) == "close":
                standing.close(row, by=None, reason="No longer needed")
            else:
                standing.pause(row)
    RequestTotals.objects.open().update(checked_at=today - timedelta(days=10))
