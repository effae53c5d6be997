"""What suppliers, requestors, bidders and brokers see of matching, and what they must not."""

import re
import subprocess
import sys
from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from matching.allocation import proposals, proposing
from matching.allocation.wanted import Wanted
from matching.models import Judgement, Proposal, ProposalLine, RequestSeen, WeightsChange, WeightsTrial
from matching.ranking import engine, exposure, hints, weights
from matching.ranking.parts import DEFAULTS
from requests_app.models import Pledge, Request, RequestTotals
from suppliers.models import Commitment, LedgerEntry, SupplierProfile
from tests.conftest import make_commitment, make_organisation, make_request, markup
from tests.matching.ranking.test_ranking import BOOKS
from tests.served import ROOT

pytestmark = pytest.mark.django_db
SECRET = "Pro bono accountancy hours, our secret wording"


@pytest.fixture
def promise(supplier, people):
    """60 hours of accountancy that nobody but the supplier and the council may read of."""
    engine.memory.forget()
    commitment = make_commitment(supplier, 60, by=people["cara"], wording=SECRET, reference="C-9")
    Commitment.objects.filter(pk=commitment.pk).update(kind="advice")
    commitment.refresh_from_db()
    return commitment


@pytest.fixture
def books(group, promise):
    request = make_request(group, **BOOKS)
    engine.rank_all()
    engine.rank_rest()
    return request


@pytest.fixture
def broker(people, client):
    people["cara"].groups.add(Group.objects.get(name="Brokers"))
    client.force_login(people["cara"])
    return people["cara"]


def test_a_supplier_sees_what_closes_its_gap_and_why(books, promise, people, client):
    client.force_login(people["sam"])
    page = markup(client.get(reverse("matches")))
    assert books.title in page
    assert "Closes <strong>10 hours</strong> of your gap of 60 hours" in page
    assert "Nobody has answered yet" in page
    assert f"?commitment={promise.pk}&amp;quantity=10.00" in page
    whole = client.get(reverse("commitment_matches", args=[promise.pk])).content.decode()
    assert "points add up" in whole
    form = client.get(reverse("pledge_new", args=[books.pk]), {"commitment": promise.pk, "quantity": 10}, follow=True)
    assert 'value="10"' in form.content.decode()
    chosen = re.search(rf'<input[^>]*name="commitment"[^>]*value="{promise.pk}"[^>]*>', form.content.decode())
    assert "checked" in chosen.group()


def test_the_page_of_matches_asks_a_set_number_of_questions(
    group, supplier, people, client, django_assert_max_num_queries
):
    for n in range(8):
        make_commitment(supplier, 60, by=people["cara"], wording=f"{SECRET} {n}", reference=f"C-{n}")
    for _ in range(8):
        make_request(group, **BOOKS)
    engine.memory.forget()
    engine.rank_all()
    client.force_login(people["sam"])
    client.get(reverse("matches"))
    with django_assert_max_num_queries(24):
        page = client.get(reverse("matches")).content.decode()
    assert page.count("Closes <strong>") == 15


def test_whoever_was_shown_a_request_is_counted_and_small_groups_are_compared(books, people, client):
    client.force_login(people["sam"])
    client.get(reverse("matches"))
    exposure.flush()
    assert RequestSeen.objects.get(request=books).times == 1
    small, others = exposure.table()
    assert (small.requests, small.shown, small.never) == (1, 1, 0)
    assert others.requests == 0


def test_a_group_learns_who_may_help_but_never_what_was_promised(books, promise, supplier, people, client):
    client.force_login(people["alice"])
    page = markup(client.get(reverse("request_helpers", args=[books.pk])))
    assert "A supplier in Reigate" in page
    assert SECRET not in page
    assert supplier.name not in page
    SupplierProfile.objects.create(organisation=supplier, shown_to_groups=True, can_offer="Numbers")
    page = client.get(reverse("request_helpers", args=[books.pk])).content.decode()
    assert supplier.name in page
    assert SECRET not in page


def test_the_hint_counts_suppliers_in_reach_while_somebody_posts(promise, group, supplier, people, client):
    client.force_login(people["alice"])
    ask = {"kind": "advice", "postcode": "RH1 1AA"}
    assert (
        "1 supplier holds commitments for this kind of help (skills and advice) within 15 miles"
        in client.get(reverse("request_hint"), ask).json()["hint"]
    )
    assert "No supplier" in client.get(reverse("request_hint"), ask | {"postcode": "TW18 1AA"}).json()["hint"]
    assert "from anywhere" in client.get(reverse("request_hint"), ask | {"remote": "True"}).json()["hint"]
    for odd in ({"kind": "nonsense"}, {"kind": "advice", "postcode": "\0" * 30}, {}):
        assert client.get(reverse("request_hint"), odd).status_code == 200
    draft = make_request(group, live=False, **BOOKS)
    page = client.get(reverse("request_edit", args=[draft.pk, "place"])).content.decode()
    assert "1 supplier holds commitments" in page


def test_advice_names_the_change_that_reaches_more(promise, group):
    far = make_organisation("Far Club", "vcse", outcode="TW18")
    request = make_request(far, 3, unit="days", **BOOKS, dbs="enhanced")
    words = " ".join(hints.advice(Request.objects.for_page().get(pk=request.pk)))
    assert "can be given from anywhere" in words
    assert "DBS check" in words
    near = make_request(group, 3, unit="days", **BOOKS)
    assert "counted in hours" in " ".join(hints.advice(Request.objects.for_page().get(pk=near.pk)))


def test_a_bidder_sees_needs_by_outcome_without_an_account(group, client):
    from guidance.models import Outcome

    outcome = Outcome.objects.choosable().first()
    inside = make_request(group, 12, title="Inside the outcome", outcome=outcome)
    make_request(group, title="Outside it")
    page = client.get(reverse("needs"), {"outcome": outcome.pk}).content.decode()
    assert inside.title in page
    assert "Outside it" not in page
    assert "12 hours" in page
    assert client.get(reverse("needs"), {"outcome": "x'; --", "district": "9" * 40, "page": "zz"}).status_code == 200


def test_a_proposal_is_asked_for_worked_out_and_invites_without_pledging(books, promise, broker, people, client):
    client.post(reverse("broker"), {"fairness": 25, "least_need": 50, "furthest": 0, "held_back": 0})
    proposal = Proposal.objects.get()
    assert "being worked out" in client.get(reverse("broker_proposal", args=[proposal.pk])).content.decode()
    proposing.keep(proposal, *proposing.work_out(Wanted(**proposal.wanted)))
    page = client.get(reverse("broker_proposal", args=[proposal.pk])).content.decode()
    assert "proven best" in page
    line = ProposalLine.objects.get()
    assert (line.request_id, line.commitment_id, line.quantity) == (books.pk, promise.pk, 10)
    entries = LedgerEntry.objects.count()
    response = client.post(reverse("broker_line_invite", args=[line.pk]))
    assert response.status_code == 302
    line.refresh_from_db()
    assert (line.state, line.decided_by) == ("invited", broker)
    assert not Pledge.objects.exists()
    assert LedgerEntry.objects.count() == entries
    again = client.post(reverse("broker_line_invite", args=[line.pk]))
    assert "answered this line already" in again.content.decode()


def test_the_invitation_reaches_the_supplier_alone(books, promise, broker, django_capture_on_commit_callbacks):
    proposal = Proposal.objects.create(wanted={})
    proposing.keep(proposal, *proposing.work_out(Wanted()))
    with django_capture_on_commit_callbacks(execute=True):
        proposals.invite(proposal.lines.get(), by=broker)
    assert [message.to for message in mail.outbox] == [["sam@example.org"]]
    assert "Nothing is pledged in your name" in mail.outbox[0].body
    assert f"/requests/{books.pk}/pledge/?commitment={promise.pk}&quantity=10" in mail.outbox[0].body


def test_a_line_that_has_gone_stale_invites_nobody(books, promise, broker, client):
    proposal = Proposal.objects.create(wanted={})
    proposing.keep(proposal, *proposing.work_out(Wanted()))
    RequestTotals.objects.filter(request=books).update(accepted=Decimal(8))
    page = client.post(reverse("broker_line_invite", args=[proposal.lines.get().pk]))
    assert "no longer needs that much" in page.content.decode()
    assert proposal.lines.get().state == "proposed"
    refused = client.post(reverse("broker_line_decline", args=[proposal.lines.get().pk]), {"reason": ""})
    assert (refused.status_code, proposal.lines.get().state) == (422, "proposed")
    assert "Say why: it helps to make the next proposal better." in refused.content.decode()
    client.post(reverse("broker_line_decline", args=[proposal.lines.get().pk]), {"reason": "Met elsewhere"})
    assert proposal.lines.get().reason == "Met elsewhere"


def test_lines_are_accepted_together_after_it_was_shown_who_is_written_to(books, promise, broker, people, client):
    proposal = Proposal.objects.create(wanted={})
    proposing.keep(proposal, *proposing.work_out(Wanted()))
    line = proposal.lines.get()
    client.force_login(broker)
    address = reverse("broker_invite", args=[proposal.pk])
    assert f'value="{line.pk}"' in client.get(address).content.decode()
    assert "Tick the lines" in client.post(address, {"preview": ""}).content.decode()
    shown = client.post(address, {"line": [line.pk], "preview": ""}).content.decode()
    assert "1 supplier will be written to" in shown and str(line.commitment.contract.supplier) in shown
    assert not mail.outbox and proposal.lines.get().state == "proposed"
    client.post(address, {"line": [line.pk, "x", 10**12], "invite": ""})
    assert proposal.lines.get().state == "invited" and len(mail.outbox) == 1
    assert "No line of this proposal waits" in client.get(address).content.decode()
    client.post(address, {"line": [line.pk], "invite": ""})
    assert len(mail.outbox) == 1
    client.force_login(people["dee"])
    assert client.get(address).status_code in (302, 403)


def test_an_invitation_holds_its_quantity_back_from_the_next_proposal(books, promise, broker):
    proposal = Proposal.objects.create(wanted={})
    proposing.keep(proposal, *proposing.work_out(Wanted()))
    proposals.invite(proposal.lines.get(), by=broker)
    assert proposing.work_out(Wanted())[0] == []
    ProposalLine.objects.update(decided_at=timezone.now() - timedelta(days=15))
    assert [line.quantity for line in proposing.work_out(Wanted())[0]] == [10]


def test_weights_show_their_effect_before_they_are_saved_and_are_logged(books, promise, people, broker, client):
    from matching.ranking import tasks

    Judgement.objects.create(commitment=promise, request=books, grade=2)
    values = {name: weight * 100 for name, weight in DEFAULTS.items()} | {"need": 10, "meaning": 66}
    client.post(reverse("matching_weights"), values)
    trial = WeightsTrial.objects.get()
    refused = client.post(reverse("weights_trial", args=[trial.pk]), {"reason": "Better"})
    assert refused.status_code == 422
    assert weights.current() == DEFAULTS
    tasks.weigh.call(trial.pk)
    page = client.get(reverse("weights_trial", args=[trial.pk])).content.decode()
    assert "nDCG@10" in page
    client.post(reverse("weights_trial", args=[trial.pk]), {"reason": "Better"})
    change = WeightsChange.objects.get()
    assert change.effect["after"]["commitments"] == 1
    assert weights.current()["meaning"] == pytest.approx(0.66)
    with pytest.raises(TypeError):
        change.save()
    assert "Better" in client.get(reverse("matching_weights")).content.decode()


def test_the_county_on_one_page(books, promise, broker, client):
    RequestTotals.objects.update(published_at=timezone.now() - timedelta(days=20))
    page = client.get(reverse("broker")).content.decode()
    assert "Nobody has been shown these for two weeks" in page
    assert books.title in page
    assert 'class="marketplace-output">25</output>' in page, "A range says its number without a script"
    exposure.flush()
    assert books.title not in client.get(reverse("broker")).content.decode()
    assert client.post(reverse("broker"), {"fairness": 400}).status_code == 422


def test_web_processes_import_nothing_heavy():
    code = (
        "import marketplace.wsgi, sys; from django.urls import get_resolver; get_resolver().url_patterns; "
        "from wagtail import hooks; hooks.search_for_hooks(); "
        "print([name for name in ('numpy', 'highspy', 'tokenizers', 'safetensors') if sys.modules.get(name)])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, cwd=ROOT)
    assert done.stdout.strip() == "[]", done.stderr


def test_a_declined_pair_is_not_proposed_again_and_a_judgement_is_kept(books, promise, broker, client):
    proposal = Proposal.objects.create(wanted={})
    proposing.keep(proposal, *proposing.work_out(Wanted()))
    line = proposal.lines.get()
    path = reverse("broker_line_judge", args=[line.pk])
    client.post(path, {"judge": "1"})
    client.post(path, {"judge": "2"})
    assert client.post(path, {"judge": "9"}).status_code == 422
    assert list(Judgement.objects.values_list("commitment", "request", "grade", "by")) == [
        (promise.pk, books.pk, 2, broker.pk)
    ]
    proposals.dismiss(line, "They know each other", by=broker)
    assert proposing.work_out(Wanted())[0] == []
    ProposalLine.objects.update(decided_at=timezone.now() - timedelta(days=100))
    assert len(proposing.work_out(Wanted())[0]) == 1
