"""The pages of a return: filled in, kept, sent, uploaded; and the contract manager's screen."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from organisations.models import Membership
from returns import answering, deciding, form
from returns.answering import Given
from returns.models import Answer, Return, ReturnLine
from suppliers.models import CommitmentBalance
from tests.conftest import make_commitment, markup

pytestmark = pytest.mark.django_db


def claimed():
    return int(CommitmentBalance.objects.get().claimed)


def typed(owed, commitment, **more):
    return {f"quantity_{commitment.pk}": "7.5", f"evidence_{commitment.pk}": "Sheets", "seen": owed.changes} | more


def test_a_supplier_keeps_and_sends_a_return_and_the_manager_accepts_it(client, owed, commitment, people, mailoutbox):
    client.force_login(people["sam"])
    page = markup(client.get(reverse("returns")))
    assert owed.period in page and "To send" in page
    client.post(owed.get_absolute_url(), typed(owed, commitment, keep="1"))
    assert (Answer.objects.get().quantity, Return.objects.get().state, claimed()) == (7.5, "open", 0)
    page = markup(client.get(owed.get_absolute_url()))
    assert 'value="7.5"' in page and "Last kept by Sam" in page
    answer = client.post(owed.get_absolute_url(), typed(owed, commitment, seen=1, send="1"))
    assert "Tick the declaration to send the return." in markup(answer)
    answer = client.post(owed.get_absolute_url(), typed(owed, commitment, seen=1, send="1", is_declared="on"))
    assert (answer.status_code, claimed()) == (302, 7)
    assert [mail.to for mail in mailoutbox] == [[people["cara"].email]]
    page = markup(client.get(owed.get_absolute_url()))
    assert "With the contract manager" in page and "7.5 hours" in page and 'name="send"' not in page

    client.force_login(people["cara"])
    assert "To answer (1)" in markup(client.get(reverse("return_queue")))
    assert client.get(owed.get_absolute_url())["Location"] == reverse("return_decide", args=[owed.pk])
    page = markup(client.get(reverse("return_decide", args=[owed.pk])))
    number = Answer.objects.get().pk
    assert f'name="verb_{number}"' in page and "Sheets" in page
    data = {f"verb_{number}": "query", "seen": 2}
    assert "Say what you ask" in markup(client.post(reverse("return_decide", args=[owed.pk]), data))
    data |= {f"verb_{number}": "accept"}
    assert client.post(reverse("return_decide", args=[owed.pk]), data).status_code == 302
    assert (Return.objects.get().state, CommitmentBalance.objects.get().confirmed) == ("accepted", 7.5)
    assert "Answered" in markup(client.get(reverse("return_queue") + "?queue=done"))


@pytest.fixture
def sent(owed, commitment, supplier, people):
    """A return of two lines that waits, and Pat, who answers returns too."""
    other = make_commitment(supplier, 50, by=people["cara"], wording="Second promise")
    given = {
        row.pk: Given(Decimal(4), evidence="Sheets", comment="All in May", rag="green") for row in (commitment, other)
    }
    people["pat"].groups.add(Group.objects.get(name="Contract managers"))
    return answering.send(owed, given, by=people["sam"], is_declared=True)


def test_the_second_who_answers_a_return_is_told_who_was_first_and_keeps_the_words(client, sent, people):
    one, two = sent.answers.order_by("pk")
    address = reverse("return_decide", args=[sent.pk])
    client.force_login(people["pat"])
    page = markup(client.get(address))
    assert "All in May" in page and "Green" in page
    seen = Return.objects.get().changes
    deciding.decide(sent, {one.pk: ("accept", "")}, by=people["cara"], seen=seen)
    data = {f"verb_{one.pk}": "reject", f"words_{one.pk}": "Not this", f"verb_{two.pk}": "accept", "seen": seen}
    page = markup(client.post(address, data))
    assert "Cara changed this return after you opened it." in page and "then press again" in page
    assert f'name="seen" value="{seen + 1}"' in page
    deciding.decide(sent, {two.pk: ("accept", "")}, by=people["cara"], seen=seen + 1)
    page = markup(client.post(address, data | {f"words_{two.pk}": "And why?"}, follow=True))
    assert "Cara answered this return after you opened it. Theirs is kept." in page
    assert "“Not this”, “And why?”" in page
    client.force_login(people["sam"])
    assert "All in May" in markup(client.get(sent.get_absolute_url()))


def test_nothing_in_two_clicks(client, owed, people):
    client.force_login(people["sam"])
    answer = client.post(reverse("return_nothing", args=[owed.pk]), {"because": ""})
    assert "Choose why nothing was delivered" in markup(answer)
    client.post(reverse("return_nothing", args=[owed.pk]), {"because": "Nothing was planned for this period"})
    assert (Return.objects.get().state, claimed()) == ("sent", 0)
    assert "Nothing was delivered: Nothing was planned for this period." in markup(client.get(owed.get_absolute_url()))


def test_somebody_elses_change_keeps_what_was_typed(client, owed, commitment, people, supplier):
    Membership.objects.create(organisation=supplier, user=people["tess"], admitted_at=timezone.now())
    client.force_login(people["tess"])
    client.post(owed.get_absolute_url(), typed(owed, commitment, keep="1", **{f"quantity_{commitment.pk}": "3"}))
    client.force_login(people["sam"])
    answer = client.post(owed.get_absolute_url(), typed(owed, commitment, send="1", is_declared="on"))
    page = markup(answer)
    assert "Tess changed this return after you opened it" in page
    assert 'value="7.5"' in page and 'name="seen" value="1"' in page
    assert (Answer.objects.get().quantity, claimed()) == (3, 0)


def test_a_day_outside_and_a_bad_number_are_said_beside_their_fields(client, owed, commitment, people):
    client.force_login(people["sam"])
    day = f"{owed.first_day - timedelta(days=1):%d/%m/%Y}"
    data = typed(owed, commitment, keep="1", **{f"delivered_on_{commitment.pk}": day})
    assert f"Enter a day of {owed.period}." in markup(client.post(owed.get_absolute_url(), data))
    data = typed(owed, commitment, keep="1", **{f"quantity_{commitment.pk}": "about 7"})
    assert "Enter a number" in markup(client.post(owed.get_absolute_url(), data))
    assert Answer.objects.count() == 0


def test_a_form_without_one_button_is_no_verb(client, owed, commitment, people):
    client.force_login(people["sam"])
    assert client.post(owed.get_absolute_url(), typed(owed, commitment)).status_code == 400


def test_evidence_is_kept_and_handed_out_to_both_sides_alone(client, owed, commitment, people):
    client.force_login(people["sam"])
    file = SimpleUploadedFile("sheet.txt", b"Twelve came")
    client.post(owed.get_absolute_url(), typed(owed, commitment, keep="1", **{f"files_{commitment.pk}": file}))
    address = reverse("return_file", args=[Answer.objects.get().files.get().pk])
    for who, status in (("sam", 200), ("cara", 200), ("alice", 404), ("mo", 404)):
        client.force_login(people[who])
        assert client.get(address).status_code == status


def workbook(owed, **cells):
    book = load_workbook(BytesIO(form.make(owed)))
    for place, value in cells.items():
        book.active[place] = value
    out = BytesIO()
    book.save(out)
    return SimpleUploadedFile("return.xlsx", out.getvalue())


def test_a_workbook_is_looked_at_then_filled_in(client, owed, commitment, people):
    client.force_login(people["sam"])
    answer = client.get(reverse("return_workbook", args=[owed.pk]))
    assert answer["Content-Disposition"].endswith('.xlsx"')
    assert load_workbook(BytesIO(answer.content)).active["B3"].value == "C-1"
    address = reverse("return_upload", args=[owed.pk])
    page = markup(client.post(address, {"file": workbook(owed, G9="about 7")}))
    assert "Correct it:" in page and "“about 7” is not a number" in page and 'name="agreed"' not in page
    page = markup(client.post(address, {"file": workbook(owed, G9="7", J9="Sheets")}))
    assert "read as 7 if you agree" in page and "7 hours" in page
    assert Answer.objects.count() == 0
    token = page.split('name="agreed" value="')[1].split('"')[0]
    assert client.post(address, {"agreed": token})["Location"] == owed.get_absolute_url()
    kept = Answer.objects.get()
    assert (kept.quantity, kept.state, kept.evidence, claimed()) == (7, "draft", "Sheets", 0)
    assert kept.findings[0]["code"] == "number_as_text"
    client.post(address, {"agreed": token + "x"})
    assert "This preview has run out" in markup(client.get(address))


@pytest.mark.parametrize(
    ("cells", "words"),
    [({"B3": "C-2"}, "No contract “C-2”"), ({"B6": "Q1 2020/21"}, "Choose the file made for it"), ({}, "says nothing")],
)
def test_another_contracts_or_periods_file_is_refused(client, owed, people, cells, words):
    client.force_login(people["sam"])
    page = markup(client.post(reverse("return_upload", args=[owed.pk]), {"file": workbook(owed, **cells)}))
    assert words in page and 'name="agreed"' not in page


def test_an_officer_saves_a_file_as_accepted(client, owed, commitment, people):
    client.force_login(people["cara"])
    address = reverse("return_import")
    page = markup(client.post(address, {"file": workbook(owed, G9=7, J9="Sheets")}))
    assert "Every cell is right." in page and Return.objects.get().state == "open"
    token = page.split('name="agreed" value="')[1].split('"')[0]
    client.post(address, {"agreed": token})
    assert (Return.objects.get().state, ReturnLine.objects.get().stage, claimed()) == ("accepted", "confirmed", 7)
    page = markup(client.post(address, {"file": SimpleUploadedFile("r.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")}))
    assert "old Excel file" in page


def test_nothing_and_an_upload_do_not_wipe_what_somebody_else_kept_since(client, owed, commitment, people, supplier):
    Membership.objects.create(organisation=supplier, user=people["tess"], admitted_at=timezone.now())
    client.force_login(people["sam"])
    page = markup(client.get(owed.get_absolute_url()))
    assert page.count('name="seen" value="0"') == 2  # the form, and nothing this time
    upload = reverse("return_upload", args=[owed.pk])
    page = markup(client.post(upload, {"file": workbook(owed, G9=7, J9="Sheets")}))
    token = page.split('name="agreed" value="')[1].split('"')[0]
    client.force_login(people["tess"])
    client.post(owed.get_absolute_url(), typed(owed, commitment, keep="1", **{f"quantity_{commitment.pk}": "3"}))
    client.force_login(people["sam"])
    data = {"because": "Nothing was planned for this period", "seen": 0}
    page = markup(client.post(reverse("return_nothing", args=[owed.pk]), data, follow=True))
    assert "Tess changed this return after you opened it" in page
    page = markup(client.post(upload, {"agreed": token}, follow=True))
    assert "Tess changed this return after you opened it" in page
    assert (Answer.objects.get().quantity, Return.objects.get().state) == (3, "open")
