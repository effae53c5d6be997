"""What is proposed: sure pairs alone, in whole parts, within what one request may be given; the rest is to judge."""

from decimal import Decimal

import numpy as np
import pytest

from matching.allocation import proposing
from matching.allocation.problem import step_of
from matching.allocation.wanted import Wanted
from matching.models import Judgement, Proposal, ProposalLine
from matching.ranking import engine, lists
from requests_app import pledges
from requests_app.models import Request
from suppliers import commitments
from suppliers.models import Commitment
from tests.conftest import make_commitment, make_request

pytestmark = pytest.mark.django_db
State = ProposalLine.State


@pytest.fixture
def county(group, supplier, people):
    engine.memory.forget()

    def make(wording, request, quantity=60, unit="hours", **fields):
        made = make_commitment(supplier, quantity, unit, by=people["cara"], wording=wording)
        asked = make_request(group, **{"description": "", "kind": "advice"} | request)
        if fields:
            Commitment.objects.filter(pk=made.pk).update(**fields)
        lines, figures = proposing.work_out(Wanted())
        proposing.keep(Proposal.objects.create(wanted={}), lines, figures)
        return made, asked, lines, figures

    return make


@pytest.mark.parametrize(
    ("wording", "title"),
    [
        ("Surveys and drawings for community buildings", "Somebody to look at our accounts"),
        ("Surveys and drawings for community buildings", "Bid writing, once, side by side"),
        ("Surveys and drawings for community buildings", "A lease to be read before we sign"),
        ("Surveys and drawings for community buildings", "Employment policies for two staff"),
        ("Outdoor team days with tools and a supervisor", "Mock interviews for Year 11"),
        ("Repairs to community buildings by site teams", "Plant a hedge of 300 whips"),
        ("Pro bono legal hours from our solicitors", "Somebody to look at our accounts"),
        ("Accountancy hours for charities", "A solicitor to read our lease"),
    ],
)
def test_other_trades_of_a_family_are_neither_proposed_nor_called_a_fit(county, wording, title):
    _, _, lines, _ = county(wording, {"title": title})
    assert lines == []


@pytest.mark.parametrize(
    ("wording", "unit", "asked"),
    [
        (
            "Outdoor team days with tools and a supervisor",
            "hours",
            {"title": "Tools for the workshop", "unit": "items"},
        ),
        ("Compost for community gardens", "tonnes", {"title": "Clear the garden before spring"}),
    ],
)
def test_things_to_keep_are_not_the_hours_of_helpers(county, wording, unit, asked):
    _, _, lines, _ = county(wording, asked, unit=unit)
    assert not [line for line in lines if line.state == State.PROPOSED]


def test_a_pair_that_may_fit_is_listed_to_judge_and_nothing_is_proposed(county):
    promise, asked, lines, figures = county("Cleaning and garden days for community buildings", {
        "title": "Plant a hedge of 300 whips", "kind": "volunteers",
    })  # fmt: skip
    (line,) = lines
    assert figures.unmet == []
    assert (line.state, line.request_id, line.quantity, figures.lines) == (State.DOUBTFUL, asked.pk, 0, 0)
    promise.pk, promise.external_reference = None, None
    commitments.make(promise, Decimal(5), by=None, by_words="A test")
    assert len(proposing.work_out(Wanted())[0]) == 1  # the best of each request, not every promise that might be it


def test_the_most_for_one_request_is_read_from_the_wording_and_kept_to(county):
    promise, _, lines, _ = county(
        "A fund with awards of up to £500 for small projects", {"title": "Grant for a small project", "unit": "pounds",
        "kind": "money", "quantity": 2000}, quantity=5000, unit="pounds",
    )  # fmt: skip
    assert promise.most_each == 500
    assert [line.quantity for line in lines if line.state == State.PROPOSED] == [500]


def test_hours_are_asked_of_days_by_the_day(county):
    _, _, lines, _ = county("Gardening days by our staff", {
        "title": "Gardening at the almshouse", "kind": "volunteers", "quantity": 10,
    }, quantity=11, unit="days")  # fmt: skip
    (line,) = lines
    assert (line.quantity, line.counts) == (7, 1)


def test_half_a_day_is_no_day_and_is_not_counted_for_one(county):
    _, _, lines, _ = county("Gardening days by our staff", {
        "title": "Gardening at the almshouse", "kind": "volunteers", "quantity": 10,
    }, quantity=11, unit="days", unit_words="half days")  # fmt: skip
    assert lines == []


def test_lines_add_up_to_the_worth_and_needs_are_met_wholly_in_part_or_not(county, group):
    make_request(group, 40, title="Bookkeeping for a club", description="", kind="advice")
    make_request(group, 40, title="Bookkeeping for a choir", description="", kind="advice")
    _, _, lines, figures = county("Bookkeeping hours for charities", {"title": "Bookkeeping for a hall"}, quantity=15)
    assert sum(line.value for line in lines) == pytest.approx(figures.objective, abs=0.001)
    assert figures.spread.met_whole + figures.spread.met_part + figures.spread.nothing == figures.spread.reachable == 3
    assert Request.objects.count() == 3


def test_steps_by_units():
    rate = np.array([1, 1, 1 / 7, 7, 1 / 5, 1 / 35, 1])
    of_request = np.array([True, False, False, True, True, False, False])
    of_commitment = np.array([True, False, True, False, True, True, True])
    assert step_of(rate, of_request, of_commitment).tolist() == [1, 0, 7, 1, 5, 35, 1]


def test_one_award_is_not_given_twice(county, supplier, people):
    promise, asked, lines, _ = county(
        "A fund with awards of up to £500 for small projects", {"title": "Grant for a small project", "unit": "pounds",
        "kind": "money", "quantity": 2000}, quantity=5000, unit="pounds",
    )  # fmt: skip
    assert [line.quantity for line in lines] == [500]
    shown = Request.objects.for_page().get(pk=asked.pk)
    pledges.offer(shown, supplier, Decimal(500), by=people["sam"], commitment=promise)
    assert proposing.work_out(Wanted())[0] == []


def test_a_pair_that_somebody_judged_is_not_asked_about_again(county, people):
    promise, asked, lines, _ = county("Cleaning and garden days for community buildings", {
        "title": "Plant a hedge of 300 whips", "kind": "volunteers",
    })  # fmt: skip
    assert len(lines) == 1
    Judgement.objects.create(commitment=promise, request=asked, grade=0, by=people["cara"])
    assert proposing.work_out(Wanted())[0] == []


@pytest.mark.parametrize(("unit", "quantity"), [("hours", 5), ("days", "0.5")])
def test_what_is_less_than_a_whole_part_fits_no_promise(county, unit, quantity):
    _, _, lines, figures = county("Gardening days by our staff", {
        "title": "Gardening at the almshouse", "kind": "volunteers", "quantity": quantity, "unit": unit,
    }, quantity=11, unit="days")  # fmt: skip
    assert (lines, figures.spread.reachable) == ([], 0)


def test_a_trade_beside_the_name_of_a_measure_is_no_general_offer(county, client, people):
    promise, asked, _, _ = county("Gardening and painting days", {
        "title": "Dig over our allotment", "kind": "volunteers",
    })  # fmt: skip
    Commitment.objects.filter(pk=promise.pk).update(measure="Staff volunteering")
    engine.rank_all()
    for match in lists.for_request(Request.objects.for_page().get(pk=asked.pk)):
        assert not match.general
