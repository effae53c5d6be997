"""Loads the demo: the same seed and day give the same county."""

import random
from datetime import datetime, time

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from . import (
    adjustments,
    assurance,
    clock,
    contracts,
    governance,
    history,
    matching,
    offers,
    pages,
    papers,
    people,
    performance,
    requests,
    returns,
    talk,
    thread,
    volunteering,
)

SEED = 20261123


@transaction.atomic
def load(seed=SEED, tell=print):
    """Fill an empty database. E-mails are not sent: the people are invented."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    dice = random.Random(seed)  # noqa: S311 - a demo, not a secret
    today = timezone.make_aware(datetime.combine(timezone.localdate(), time(9)))
    tell("  people and organisations")
    staff = people.make_people()
    groups, suppliers = people.make_organisations(staff, dice, today)
    tell("  contracts and commitments")
    promises = contracts.make_contracts(suppliers, staff["cara"], dice, today)
    tell("  requests")
    public = requests.make_requests(groups, staff, dice, today)
    tell("  pledges and deliveries")
    history.make_history(public, promises, suppliers, staff, dice, today)
    requests.settle_states(public, dice, today)
    history.make_waiting(public, promises, suppliers, dice, today)
    history.make_counts(public, promises, today)
    talk.make_talk(suppliers, staff, today)
    volunteering.make_volunteer_days(groups[0], suppliers, today)
    offers.make_offers(suppliers, staff, today)
    tell("  returns")
    returns.make_returns(clock.at, staff["cara"], dice, today)
    tell("  a sample to check")
    assurance.make_samples(staff["edie"], today)
    tell("  performance")
    performance.make_performance(clock.at, staff["cara"], today)
    adjustments.make_adjustments(clock.at, staff["cara"], today)
    tell("  guidance")
    roles = governance.make_roles(staff, today)
    governance.make_groups(roles, staff, today)
    pages.make_pages(today, roles, staff, dice)
    tell("  matches, to be worked out by the worker")
    matching.make_matching(staff, today)
    tell("  the golden thread")
    thread.make_thread(today, staff)
    tell("  committee papers")
    papers.make_papers(clock.at, staff["edie"], today)
