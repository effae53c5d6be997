"""What may be ranked, in which order, and that lists follow changes: tried on small counties by hand."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from matching.models import Change, CommitmentMatches
from matching.ranking import arrays, changes, engine, lists, parts, weights
from matching.ranking.scoring import Scorer
from requests_app import moderation, pledges, standing, totals
from requests_app.models import Request, RequestTotals
from suppliers import commitments
from suppliers.models import Commitment
from tests.conftest import make_commitment, make_organisation, make_request

pytestmark = pytest.mark.django_db

BOOKS = {
    "title": "Someone to do our books",
    "description": "Our treasurer is leaving and we need a bookkeeper for the accounts.",
    "kind": "advice",
}


@pytest.fixture(autouse=True)
def fresh_memory():
    engine.memory.forget()


@pytest.fixture
def accountants(supplier, people):
    """60 hours of pro bono accountancy."""
    commitment = make_commitment(
        supplier, 60, by=people["cara"], wording="Pro bono accountancy hours for local charities", reference="C-9"
    )
    Commitment.objects.filter(pk=commitment.pk).update(kind="advice", measure="expert hours")
    return loaded(commitment)


def loaded(commitment):
    return Commitment.objects.with_balance().select_related("contract__supplier").get(pk=commitment.pk)


def ranked(commitment, **options):
    return [match.request for match in lists.for_commitments([loaded(commitment)], **options)[commitment.pk]]


def follow():
    notes, live = changes.follow()
    changes.done(notes)
    return live


def test_what_fits_comes_before_what_does_not_though_no_word_is_shared(group, accountants):
    fits = make_request(group, **BOOKS)
    other = make_request(group, title="Dig over our allotment", description="Weeds everywhere")
    engine.rank_all()
    found = ranked(accountants, only_fits=False)
    assert [request.pk for request in found] == [fits.pk, other.pk]
    assert [request.pk for request in ranked(accountants)] == [fits.pk]


def test_paused_expired_met_unpublished_and_own_requests_never_appear(group, accountants, people):
    shown = make_request(group, **BOOKS)
    paused, expired, met, draft, late = (make_request(group, **BOOKS) for _ in range(5))
    own = make_request(accountants.contract.supplier, **BOOKS)
    engine.rank_all()
    kept = CommitmentMatches.objects.get(commitment=accountants)
    standing.pause(standing.of(paused))
    RequestTotals.objects.filter(request=expired).update(needed_by=timezone.localdate() - timedelta(days=1))
    totals.move(met.pk, accepted=Decimal(10))
    draft.unpublish()
    moderation.close(late, "", by=people["alice"])
    assert CommitmentMatches.objects.get(commitment=accountants).entries == kept.entries
    # before a worker has followed, and after
    assert [request.pk for request in ranked(accountants)] == [shown.pk]
    follow()
    assert [request.pk for request in ranked(accountants)] == [shown.pk]
    assert own.pk not in {request.pk for request in ranked(accountants, only_fits=False)}


def test_money_answers_money_alone(group, supplier, people):
    cash = make_commitment(supplier, 2000, unit="pounds", by=people["cara"], wording="A donation to local charities")
    Commitment.objects.filter(pk=cash.pk).update(kind="money")
    sponsor = make_request(group, 500, title="A donation to our charity", kind="money", unit="pounds")
    make_request(group, title="A donation of your time to our charity")
    engine.rank_all()
    assert [request.pk for request in ranked(cash, only_fits=False)] == [sponsor.pk]
    hours = make_commitment(supplier, 60, by=people["cara"], wording="Volunteering for charities", reference="C-3")
    engine.rank_all()
    assert sponsor.pk not in {request.pk for request in ranked(hours, only_fits=False)}


@pytest.mark.parametrize(
    ("area", "found"),
    [("Surrey", True), ("Within 5 miles of Redhill (RH1)", True), ("Within 5 miles of Staines (TW18)", False),
     ("Woking", False), ("Nottingham", False)],
)  # fmt: skip
def test_a_place_limit_excludes(area, found, group, accountants):
    near = make_request(group, **BOOKS)  # Redhill
    Commitment.objects.filter(pk=accountants.pk).update(delivery_area=area)
    engine.rank_all()
    assert [request.pk for request in ranked(accountants)] == ([near.pk] if found else [])


def test_the_contracts_dates_bound_it(group, accountants):
    make_request(group, **BOOKS)
    contract = accountants.contract
    today = timezone.localdate()
    contract.start, contract.end = today + timedelta(days=90), None  # the request is needed in 60 days
    contract.save()
    engine.rank_all()
    assert ranked(accountants) == []
    contract.start, contract.end = today - timedelta(days=90), today - timedelta(days=1)
    contract.save()
    engine.rank_all()
    assert not CommitmentMatches.objects.filter(commitment=accountants).exists()


def test_the_firms_own_measures_match_nothing(group, supplier, people):
    own = make_commitment(
        supplier, 5, unit="items", by=people["cara"], wording="Spend with local SMEs in our supply chain"
    )
    make_request(group, title="Spend with us", description="Our cafe would love local firms to spend with us")
    engine.rank_all()
    assert ranked(own, only_fits=False) == []


def test_a_score_is_the_sum_of_its_parts(group, accountants):
    make_request(group, **BOOKS)
    engine.rank_all()
    match = lists.for_commitments([loaded(accountants)])[accountants.pk][0]
    sums = match.sums(weights.current())
    assert sum(row.points for row in sums) == pytest.approx(match.score * 100)
    assert sum(row.weight for row in sums) == pytest.approx(100)
    assert all(0 <= row.part <= 100 for row in sums)


def test_the_worker_and_a_page_reckon_the_same(group, supplier, accountants, people):
    """The engine scores arrays, a page scores pairs: to the rounding of what is kept they agree."""
    requests = [make_request(group, n + 1, **BOOKS, dbs=dbs) for n, dbs in enumerate(["none", "basic", "enhanced"])]
    days = make_request(group, 3, unit="days", **BOOKS)
    engine.rank_all()
    scorer = Scorer(arrays.load_commitments(), arrays.load_requests(), weights.current())
    row = scorer.commitments.number.tolist().index(accountants.pk)
    block = scorer.block([row], list(range(len(scorer.requests))))[0][0]
    worker = dict(zip(scorer.requests.number.tolist(), block.tolist(), strict=True))
    matches = lists.for_commitments([loaded(accountants)], only_fits=False)[accountants.pk]
    assert {match.request.pk for match in matches} == {request.pk for request in [*requests, days]}
    for match in matches:
        assert match.score == pytest.approx(worker[match.request.pk], abs=0.003)


def test_a_new_request_reaches_the_lists_as_a_full_run_would_put_it(group, accountants):
    make_request(group, **BOOKS)
    make_request(group, title="Paint a wall")
    engine.rank_all()
    Change.objects.all().delete()
    new = make_request(group, **BOOKS | {"title": "A bookkeeper for our charity"})
    live = follow()
    assert live == [new.pk]
    after = [(match.pk) for match in ranked(accountants, only_fits=False)]
    assert new.pk in after
    assert {m.commitment.pk for m in lists.for_request(Request.objects.for_page().get(pk=new.pk))} == {accountants.pk}
    engine.rank_all()
    assert [match.pk for match in ranked(accountants, only_fits=False)] == after


def test_a_new_commitment_gets_its_list_and_a_withdrawn_one_loses_it(group, accountants, people):
    request = make_request(group, **BOOKS)
    follow()
    assert ranked(accountants) == [request]
    commitments.withdraw(accountants, "Sold", by=people["cara"])
    assert lists.for_request(Request.objects.for_page().get(pk=request.pk)) == []
    follow()
    assert not CommitmentMatches.objects.filter(commitment=accountants).exists()


def test_a_pledge_accepted_elsewhere_moves_the_list_at_once(group, accountants, people):
    other = make_organisation("Other Ltd", "business", people["charlie"])
    request = Request.objects.for_page().get(pk=make_request(group, 10, **BOOKS).pk)
    engine.rank_all()
    before = lists.for_commitments([loaded(accountants)])[accountants.pk][0]
    assert before.closes == 10
    pledge = pledges.offer(request, other, Decimal(4), by=people["charlie"])
    pledges.accept(pledge, by=people["alice"])
    after = lists.for_commitments([loaded(accountants)])[accountants.pk][0]
    assert after.closes == 6
    assert after.parts["unanswered"] == 0
    assert before.parts["unanswered"] == 1


@pytest.mark.parametrize(
    "words", ["🙂🙂🙂", "<b>bold</b><script>x</script>", "求助修理屋顶", "\u200b", "x " * 2000, "DROP TABLE; --"]
)
def test_garbage_ranks_last_and_breaks_nothing(words, group, accountants):
    fits = make_request(group, **BOOKS)
    garbage = make_request(group, title=words[:100], description=words, kind="advice")
    engine.rank_all()
    found = [request.pk for request in ranked(accountants, only_fits=False)]
    assert found[0] == fits.pk
    assert garbage.pk not in found[:-1]
    assert garbage.pk not in {request.pk for request in ranked(accountants)}


def test_an_unseen_request_stands_first_once_its_time_is_up(group, accountants):
    best = make_request(group, **BOOKS)
    lesser = make_request(
        group, title="Accounts", description="Accounts for the accountant", kind="volunteers", unit="days"
    )
    engine.rank_all()
    order = [request.pk for request in ranked(accountants)]
    assert order == [best.pk, lesser.pk]
    RequestTotals.objects.filter(request=lesser).update(published_at=timezone.now() - timedelta(days=8))
    assert [request.pk for request in ranked(accountants)] == [lesser.pk, best.pk]


def test_the_same_input_gives_the_same_order(group, accountants):
    for _ in range(5):
        make_request(group, **BOOKS)
    first = engine.rank_all()
    engine.memory.forget()
    assert engine.rank_all() == first


def test_the_formulas_stay_between_nothing_and_all():
    for left in (0.01, 1, 60, 1e9):
        for need in (0.01, 1, 60, 1e9):
            assert 0 <= parts.size(left, need) <= 1
    assert [parts.time(days) for days in (-5, 0, 14, 180, 900)] == [1, 1, 1, 0, 0]
    assert [parts.place(miles) for miles in (0, 15, 30, 300)] == [1, 0.5, 0, 0]
    assert sum(parts.DEFAULTS.values()) == pytest.approx(1)
