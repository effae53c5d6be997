"""A sample can be drawn again, weighs by quantity, and its interval holds the truth as often as it says."""

import json
import random
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from io import StringIO

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from assurance import checking, drawing, estimate, evidence, population
from assurance.models import Sample, SampleItem
from assurance.population import Confirmed
from marketplace import checks
from organisations import uploads
from organisations.models import Membership
from requests_app import deliveries, pledges
from returns import answering, deciding, lines, opening, periods
from suppliers import recorded
from suppliers.models import LedgerEntry, RecordedEvent
from tests.conftest import markup

DAY = date(2026, 3, 1)


def hours(*amounts, unit="hours"):
    return [Confirmed(1, unit, (0, n, 0), DAY, Decimal(amount)) for n, amount in enumerate(amounts, start=1)]


def test_the_same_seed_draws_the_same_and_another_another():
    many = hours(*range(1, 200))
    first = drawing.choose(many, 30, 7)
    assert first == drawing.choose(many, 30, 7)
    assert first != drawing.choose(many, 30, 8)
    assert sum(one.draws for one in first) == 30


@pytest.mark.parametrize("size", [1, 2, 7, 60, 118])
@pytest.mark.parametrize("seed", range(20))
def test_as_many_are_drawn_as_were_asked_for(size, seed):
    dice = random.Random(seed)
    many = hours(*[dice.choice([1, 5, 40, 900]) for _ in range(119)])
    assert sum(one.draws for one in drawing.choose(many, size, seed)) == size


def test_a_delivery_is_drawn_as_often_as_its_quantity_weighs():
    many = hours(1, 2, 3, 4, 90)
    drawn = Counter()
    for seed in range(2000):
        for one in drawing.choose(many, 2, seed):
            drawn[int(one.delivery.amount)] += one.draws
    for amount in (1, 2, 3, 4, 90):
        assert drawn[amount] / 4000 == pytest.approx(amount / 100, abs=0.012)


def test_units_are_never_added_and_weigh_as_many_as_they_have_deliveries():
    many = hours(1, 1, 2) + hours(1_000_000, unit="pounds")
    assert drawing.weights(many) == [Fraction(3, 4), Fraction(3, 4), Fraction(3, 2), 1]
    assert sum(drawing.weights(many)) == 4


def test_where_as_many_are_asked_for_as_there_are_each_is_drawn_once():
    many = hours(1, 100)
    assert [one.draws for one in drawing.choose(many, 2, 1)] == [1, 1]
    assert [one.draws for one in drawing.choose(many, 60, 1)] == [1, 1]


@pytest.mark.parametrize(
    ("errors", "draws", "low", "high"),
    [
        (0, 60, 0.0, 0.0596),
        (1, 60, 0.0004, 0.0894),
        (30, 60, 0.3681, 0.6319),
        (60, 60, 0.9404, 1.0),
        (1, 1, 0.025, 1.0),
    ],
)
def test_the_interval_for_whole_errors_is_clopper_and_pearsons(errors, draws, low, high):
    assert estimate.interval(errors, draws) == pytest.approx((low, high), abs=0.0001)


@pytest.mark.parametrize(("share", "part"), [(0.02, 1.0), (0.1, 1.0), (0.1, 0.5), (0.3, 0.2), (0.0, 1.0)])
def test_the_interval_holds_the_truth_nineteen_times_in_twenty(share, part):
    """Populations with a known overstatement, drawn and judged two hundred times."""
    dice = random.Random(5)
    many = hours(*[dice.choice([1, 2, 8, 30]) for _ in range(400)])
    taints = {one.numbers: part if dice.random() < share else 0 for one in many}
    total = sum(one.amount for one in many)
    truth = float(sum(float(one.amount) * taints[one.numbers] for one in many)) / float(total)
    held = 0
    for seed in range(200):
        drawn = drawing.choose(many, 40, seed)
        low, high = estimate.interval(sum(taints[one.delivery.numbers] * one.draws for one in drawn), 40)
        held += low <= truth <= high
    assert held >= 188


@pytest.fixture
def confirmed(commitment, people):
    """Three confirmed deliveries of 10, 20 and 30 hours, yesterday and before."""
    today = timezone.localdate()
    for n, quantity in enumerate((10, 20, 30), start=1):
        lines.record(commitment, Decimal(quantity), today - timedelta(days=n), f"Sheet {n}", by=people["cara"])
    return commitment


def draw(**words):
    today = timezone.localdate()
    return drawing.draw(**{"seed": 7, "size": 2, "as_at": today, "until": today, "by_words": "A test"} | words)


@pytest.mark.django_db
def test_only_what_stood_confirmed_then_is_drawn_from(confirmed, people, commitment):
    today = timezone.localdate()
    line = commitment.return_lines.order_by("pk").first()
    lines.correct(line, Decimal(0), "Not theirs", by=people["cara"])
    lines.claim(commitment, Decimal(5), today, "Claimed only", by=people["sam"])
    found = population.confirmed(today, today)
    assert sorted(int(one.amount) for one in found) == [20, 30]
    assert [int(one.amount) for one in population.confirmed(today, today - timedelta(days=3))] == [30]
    assert [int(one.amount) for one in population.confirmed(today, today, today - timedelta(days=2))] == [20]
    assert population.confirmed(today - timedelta(days=1), today) == []  # nobody knew of it then
    assert LedgerEntry.objects.filter(account="confirmed").count() == 4


@pytest.mark.django_db
def test_a_sample_is_kept_once_and_stays_as_it_was_drawn(confirmed, people, commitment):
    sample, is_new = draw()
    kept = list(sample.items.values_list("return_line_number", "draws"))
    assert (is_new, sample.population) == (True, 3)
    lines.record(commitment, Decimal(7), timezone.localdate(), "Later", by=people["cara"])
    again, is_new = draw()
    assert (again, is_new, list(again.items.values_list("return_line_number", "draws"))) == (sample, False, kept)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sample.objects.create(seed=7, size=2, as_at=sample.as_at, until=sample.until, population=1, drawn_by_words="x")
    with pytest.raises(ValidationError, match="stands confirmed"):
        draw(until=date(2001, 1, 1))
    for size in (0, 5001):
        with pytest.raises(ValidationError, match="from 1 to 5,000"):
            draw(size=size)


@pytest.mark.django_db
def test_two_who_draw_at_once_have_one_sample(confirmed, monkeypatch):
    sample, _ = draw()
    none = Sample.objects.none()
    monkeypatch.setattr(Sample.objects, "filter", lambda **words: none)  # the other's was not there yet
    assert draw() == (sample, False)
    monkeypatch.undo()
    assert (Sample.objects.count(), sample.items.count()) == (1, SampleItem.objects.count())


@pytest.mark.django_db
def test_a_delivery_is_checked_once_by_somebody_else(confirmed, people, supplier):
    sample, _ = draw()
    item = sample.items.first()
    with pytest.raises(ValidationError, match="You confirmed this delivery"):
        checking.check(item, item.confirmed, "Sheet", by=people["cara"])
    Membership.objects.create(organisation=supplier, user=people["mo"], admitted_at=timezone.now())
    with pytest.raises(ValidationError, match="You belong to Builder Ltd"):
        checking.check(item, item.confirmed, "Sheet", by=people["mo"])
    for found, words, wrong in ((item.confirmed + 1, "Sheet", "Enter 0 up to"), (-1, "Sheet", "Enter 0 up to"),
                                (Decimal(1), " ", "Say what you checked")):  # fmt: skip
        with pytest.raises(ValidationError, match=wrong):
            checking.check(item, found, words, by=people["pat"])
    checking.check(item, Decimal(1), "The sheet shows one", by=people["pat"])
    with pytest.raises(ValidationError, match="Pat checked this delivery already"):
        checking.check(item, Decimal(2), "Two", by=people["dee"])
    with pytest.raises(IntegrityError), transaction.atomic():
        SampleItem.objects.filter(pk=item.pk).update(found=item.confirmed + 1)


@pytest.mark.django_db
def test_nothing_is_said_before_all_are_checked_and_then_the_mean_of_the_draws(confirmed, people):
    sample, _ = draw(size=2, seed=1)
    assert estimate.of_sample(sample) is None
    items, errors = list(sample.items.all()), Fraction(0)
    for n, item in enumerate(items):
        found = item.confirmed / 2 if n == 0 else item.confirmed
        errors += Fraction(1, 2) * item.draws if n == 0 else 0
        checking.check(item, found, "Sheet", by=people["pat"])
    said = estimate.of_sample(Sample.objects.get())
    assert (said.rate, said.checked, said.population) == (errors / 2, len(items), 3)
    assert said.low < said.rate < said.high
    assert said.words.startswith(
        f"3 deliveries confirmed, {len(items)} checked, overstated by {float(said.rate):.1%} ("
    )


@pytest.mark.django_db
def test_where_all_were_drawn_nothing_is_estimated(confirmed, people):
    sample, _ = draw(size=60)
    for item in sample.items.all():
        checking.check(item, Decimal(0) if item.confirmed == 10 else item.confirmed, "Sheet", by=people["pat"])
    said = estimate.of_sample(sample)
    assert (sample.is_whole, said.rate, said.low) == (True, Fraction(1, 6), None)
    assert said.words == "3 deliveries confirmed, 3 checked, overstated by 16.7%"


def command(*options):
    out = StringIO()
    today = timezone.localdate().isoformat()
    call_command("draw_sample", "--seed", "7", "--as-at", today, *options, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_command_draws_and_prints_the_same_each_time(confirmed):
    dry = command("--size", "2", "--dry-run", "--json")
    assert Sample.objects.count() == 0
    first, second = command("--size", "2", "--json"), command("--size", "2", "--json")
    assert dry == first == second
    assert sum(json.loads(line)["draws"] for line in first.splitlines()) == 2
    assert Sample.objects.get().drawn_by_words == "A command"
    assert "drawn before and the same" in command("--size", "2")
    with pytest.raises(CommandError, match="from 1 to 5,000"):
        command("--size", "0")
    with pytest.raises(CommandError, match="a time that is over"):
        call_command("draw_sample", "--seed", "7", "--as-at", "2090-01-01")


@pytest.mark.django_db
def test_the_screens_draw_check_and_publish(client, confirmed, people):

    client.force_login(people["pat"])
    assert "No sample was drawn yet" in markup(client.get(reverse("samples")))
    assert (
        client.post(reverse("samples"), {"seed": 7, "size": 60, "until": timezone.localdate()})["Location"] == "/admin/"
    )
    sample, _ = draw(size=60)
    assert client.get(sample.get_absolute_url()).status_code == 404  # not finished
    for item in sample.items.all():
        page = markup(client.get(reverse("sample_item", args=[item.pk])))
        assert "Recorded by the contract manager, without a pledge" in page and "Sheet" in page
        client.post(reverse("sample_item", args=[item.pk]), {"found": "10", "words": "The sheet"})
    client.logout()
    page = markup(client.get(reverse("assurance")))
    assert "3 deliveries confirmed, 3 checked, overstated by 50.0%" in page
    page = markup(client.get(sample.get_absolute_url()))
    assert "Seed 7" in page and "Pat" not in page and "The sheet" not in page


@pytest.mark.django_db
def test_a_delivery_of_a_pledge_and_an_event_show_what_they_can_be_checked_against(
    commitment, wanted, supplier, people
):
    today = timezone.localdate()
    pledge = pledges.offer(wanted, supplier, Decimal(8), by=people["sam"], commitment=commitment)
    pledges.accept(pledge, by=people["alice"])
    file = (uploads.check(SimpleUploadedFile("sheet.txt", b"Eight came")), "sheet.txt")
    delivery = deliveries.claim(pledge, Decimal(8), today, by=people["sam"], note="Two vans", files=[file])
    deliveries.confirm(delivery, by=people["alice"])
    words = {"commitment": commitment, "happened_on": today, "entered_on": today, "reason": "From the sheet"}
    claimed = RecordedEvent(reference="E1", kind="claimed", quantity=3, **words)
    recorded.add([claimed, RecordedEvent(reference="E2", kind="confirmed", quantity=3, refers_to=claimed, **words)],
                 by=people["cara"])  # fmt: skip
    sample, _ = draw(size=60)
    shown = {item.delivery_number or item.event_number: evidence.of_item(item) for item in sample.items.all()}
    of_delivery = shown[delivery.pk]
    assert ("The supplier’s note", "Two vans") in of_delivery.facts
    assert [name for name, _ in of_delivery.files] == ["sheet.txt"]
    assert of_delivery.confirmed_by == {people["alice"].pk}
    event = next(seen for seen in shown.values() if seen.what.startswith("Recorded in another system"))
    assert ("Words", "From the sheet") in event.facts


@pytest.mark.django_db
def test_a_line_of_a_return_shows_the_return(commitment, people):
    today = timezone.localdate()
    owed = opening.of_period(commitment.contract, periods.first_of_quarter(today), periods.last_of_quarter(today))
    given = {commitment.pk: answering.Given(Decimal(5), evidence="Payroll")}
    sent = answering.send(owed, given, by=people["sam"], is_declared=True)
    deciding.decide(sent, {sent.answers.get().pk: ("accept", "")}, by=people["cara"])
    sample, _ = draw(size=60)
    shown = evidence.of_item(sample.items.get())
    assert ("Evidence named", "Payroll") in shown.facts
    assert (shown.address, shown.confirmed_by) == (owed.get_absolute_url(), {people["cara"].pk})
    checking.check(sample.items.get(), Decimal(2), "Two names", by=people["pat"])
    assert checks.published()["overstated", f"sample {sample.pk}"] == Fraction(3, 5)
    assert checks.differences()[1] == []


@pytest.mark.django_db
def test_the_programme_team_draws_on_the_screen(client, confirmed, people):
    people["edie"].groups.add(Group.objects.get(name="Programme team"))
    client.force_login(people["edie"])
    today = timezone.localdate()
    for words, said in (
        ({"until": today}, "Choose a day that is over"),
        ({"since": today - timedelta(days=1), "until": today - timedelta(days=2)}, "comes before the last"),
        ({"until": date(2001, 1, 1)}, "stands confirmed"),
    ):
        assert said in markup(client.post(reverse("samples"), {"seed": 5, "size": 2} | words))
    words = {"seed": 5, "size": 2, "until": today - timedelta(days=1)}
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):  # what was entered today is known then
        client.logout()  # who was idle for a day signs in again
        client.force_login(people["edie"])
        answer = client.post(reverse("samples"), words)
        assert answer["Location"] == reverse("sample_staff", args=[Sample.objects.get().pk])
        page = markup(client.post(reverse("samples"), words, follow=True))
        assert "This sample was drawn before" in page
    item = Sample.objects.get().items.first()
    page = markup(client.post(reverse("sample_item", args=[item.pk]), {"found": "999", "words": "Sheet"}))
    assert "Enter 0 up to what is confirmed" in page
