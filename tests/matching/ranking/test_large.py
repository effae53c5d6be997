"""What only a large county meets: needs that are picked before pairs are scored, and queues that go on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from matching.allocation import lookahead
from matching.allocation import tasks as allocation_tasks
from matching.models import Proposal, Simulation
from matching.ranking import engine, lists, scoring
from matching.ranking import tasks as ranking_tasks
from requests_app.models import RequestTotals
from suppliers.models import Commitment
from tests.conftest import make_commitment, make_request
from tests.matching.ranking.test_ranking import BOOKS

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_memory():
    engine.memory.forget()


@pytest.fixture
def county(group, supplier, people):
    """Five kinds of need and two promises."""
    for title, kind in (("Paint our hall", "volunteers"), ("Ten laptops", "goods"), ("A minibus", "space")):
        make_request(group, title=title, kind=kind)
    requests = [make_request(group, **BOOKS | {"title": f"Our books, {n}"}) for n in range(3)]
    promise = make_commitment(
        supplier, 60, by=people["cara"], wording="Pro bono accountancy hours for local charities", reference="C-9"
    )
    make_commitment(supplier, 60, by=people["cara"], wording="Staff volunteering days", reference="C-10")
    return promise, requests


def best(promise):
    promise = Commitment.objects.with_balance().select_related("contract__supplier").get(pk=promise.pk)
    return [(match.request.pk, round(match.score, 3)) for match in lists.for_commitments([promise])[promise.pk]]


def test_a_large_county_s_lists_begin_with_what_a_small_one_s_do(county, monkeypatch):
    promise, requests = county
    engine.rank_all()
    whole = best(promise)
    assert {number for number, _ in whole} == {request.pk for request in requests}
    engine.memory.forget()
    monkeypatch.setattr(scoring, "ALL_PAIRS_UP_TO", 0)
    engine.rank_all()
    assert best(promise) == whole


def test_the_worker_ranks_all_and_goes_on_with_the_rest(county, monkeypatch):
    enqueued = []
    monkeypatch.setattr(ranking_tasks.rank_rest.__class__, "enqueue", lambda task, *words: enqueued.append(task.name))
    assert ranking_tasks.rank_all.call() == 2
    assert len(enqueued) == 1
    count = ranking_tasks.rank_rest.call(timezone.now().isoformat())
    assert count > 0
    assert len(enqueued) == 1
    monkeypatch.setattr(ranking_tasks, "REST", count)  # as many as one turn takes: there may be more
    assert ranking_tasks.rank_rest.call(timezone.now().isoformat()) == count
    assert len(enqueued) == 2


def test_the_worker_makes_a_proposal_once(county, people):
    engine.rank_all()
    proposal = Proposal.objects.create(wanted={}, asked_by=people["cara"])
    allocation_tasks.propose.call(proposal.pk)
    proposal.refresh_from_db()
    lines = list(proposal.lines.values())
    assert proposal.made_at
    assert lines
    allocation_tasks.propose.call(proposal.pk)
    assert list(proposal.lines.values()) == lines


def test_a_site_without_a_year_of_its_own_is_shown_one_at_random(county, monkeypatch):
    ran = []

    class Years:
        @staticmethod
        def run(synthetic=False):
            ran.append(synthetic)
            return Simulation(source="history" if Years.own and not synthetic else "synthetic")

    monkeypatch.setattr("matching.allocation.simulated_years.run", Years.run)
    for Years.own, expected in ((False, [False]), (True, [False, True])):
        ran.clear()
        allocation_tasks.simulate.call()
        assert ran == expected


def test_what_came_in_these_weeks_of_last_year_is_expected_again(county):
    assert lookahead.sample() is None
    RequestTotals.objects.update(published_at=timezone.now() - timedelta(days=340))
    expected = lookahead.sample()
    assert len(expected) == RequestTotals.objects.count()
    assert set(expected.need.tolist()) == {10}
    assert min(expected.day) > timezone.localdate().toordinal() + 30
