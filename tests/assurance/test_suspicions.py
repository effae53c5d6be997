"""What deserves a second look is listed: each kind where it is there, and not where it is not."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from docx import Document
from openpyxl import Workbook
from PIL import Image, ImageDraw

from assurance import suspicions
from files import likeness
from organisations import uploads
from organisations.models import Upload
from records.days import months_after
from requests_app import deliveries, pledges
from requests_app.models import Request
from returns import answering, lines, opening, periods
from returns.answering import Given
from suppliers import plans
from suppliers.models import CommitmentBalance, Contract
from tests.conftest import make_commitment, make_request, markup

pytestmark = pytest.mark.django_db


def picture(shift=0, size=(400, 300), kind="JPEG", quality=90):
    made = Image.new("RGB", (400, 300), "#557755")
    pen = ImageDraw.Draw(made)
    for n in range(8):
        pen.ellipse((n * 50 + shift, n * 30, n * 50 + 60 + shift, n * 30 + 90), fill=(n * 30, 200 - n * 20, 90))
    out = io.BytesIO()
    made.resize(size).save(out, kind, quality=quality)
    return out.getvalue()


def office(maker, words, **properties):
    out = io.BytesIO()
    made = maker()
    if isinstance(made, Workbook):
        made.active["A1"] = words
        made.properties.title = properties.get("title", "")
    else:
        made.add_paragraph(words)
        made.core_properties.title = properties.get("title", "")
    made.save(out)
    return out.getvalue()


def test_files_that_were_saved_again_are_alike_and_others_are_not():
    first = likeness.of(picture(), "image/jpeg")
    assert likeness.nearly(first, likeness.of(picture(quality=40), "image/jpeg"))
    assert likeness.nearly(first, likeness.of(picture(size=(200, 150), kind="PNG"), "image/png"))
    assert not likeness.nearly(first, likeness.of(picture(shift=160), "image/jpeg"))
    for maker, kind in ((Document, "word"), (Workbook, "excel")):
        same = [likeness.of(office(maker, "Twelve came", title=title), kind) for title in ("", "Saved again")]
        assert likeness.nearly(*same)
        assert not likeness.nearly(same[0], likeness.of(office(maker, "Thirteen came"), kind))
    pdf = b"%PDF-1.4 /CreationDate (D:2026) /ID [<1><2>] twelve came startxref 9"
    again = b"%PDF-1.4 /CreationDate (D:2027) /ID [<3><4>] twelve came startxref 7"
    assert likeness.nearly(likeness.of(pdf, "application/pdf"), likeness.of(again, "application/pdf"))
    assert not likeness.nearly("", "")
    assert likeness.of(b"a  b\n", "text/plain") == likeness.of(b"a b", "text/plain")


def claim(group, supplier, people, data, name, title):
    wanted = Request.objects.for_page().get(pk=make_request(group, title=title).pk)
    pledge = pledges.offer(wanted, supplier, Decimal(2), by=people["sam"])
    pledges.accept(pledge, by=people["alice"])
    file = (uploads.check(SimpleUploadedFile(name, data)), name)
    return deliveries.claim(pledge, Decimal(2), timezone.localdate(), by=people["sam"], files=[file])


def kinds():
    return [found.kind for found in suspicions.all_of_them()]


def test_the_same_picture_beside_two_deliveries(group, supplier, people):
    claim(group, supplier, people, picture(), "hall.jpg", "One")
    claim(group, supplier, people, picture(shift=160), "other.jpg", "Two")
    assert kinds() == []
    claim(group, supplier, people, picture(quality=35, size=(300, 225)), "again.jpg", "Three")
    (found,) = suspicions.all_of_them()
    assert (found.kind, len(found.about)) == ("The same file twice", 2)
    assert found.words == "“hall.jpg”, “again.jpg” stands beside 2 deliveries."


def test_a_file_that_is_older_than_what_it_shows(group, supplier, people):
    claim(group, supplier, people, b"Two came", "sheet.txt", "One")
    Upload.objects.update(uploaded_at=timezone.now() - timedelta(days=3))
    assert kinds() == ["Evidence older than the delivery"]


def test_the_same_people_and_day_under_two_contracts(commitment, supplier, people):
    other = make_commitment(supplier, by=people["cara"], reference="C-2")
    day = timezone.localdate() - timedelta(days=3)
    lines.record(commitment, Decimal(12), day, "Sheet", by=people["cara"])
    lines.record(other, Decimal(12), day - timedelta(days=1), "Sheet", by=people["cara"])
    assert kinds() == []
    lines.record(other, Decimal(12), day, "Another sheet", by=people["cara"])
    (found,) = suspicions.all_of_them()
    assert found.words == f"Builder Ltd reported 12 hours on {day:%-d %B %Y} under 2 contracts."


def test_ten_times_what_was_told_before_or_planned(commitment, people):
    today = timezone.localdate()
    for months, quantity in ((9, 2), (6, 2), (3, 41)):
        last = months_after(today, -months)
        owed = opening.of_period(commitment.contract, periods.first_of_quarter(last), periods.last_of_quarter(last))
        answering.send(owed, {commitment.pk: Given(Decimal(quantity))}, by=people["sam"], is_declared=True)
    (found,) = suspicions.all_of_them()
    assert found.words == "Staff volunteering: 41 hours, more than ten times 2 hours on average before."


def test_ten_times_the_others_or_a_quarter_of_the_plan_without_a_return(supplier, people):
    today = timezone.localdate()
    others = make_commitment(supplier, 900, by=people["cara"], reference="T-1", wording="Others")
    for n, quantity in enumerate((3, 5, 40, 41)):
        lines.record(others, Decimal(quantity), today - timedelta(days=n), f"Sheet {n}", by=people["cara"])
        assert kinds() == []
    lines.record(others, Decimal(260), today - timedelta(days=9), "Sheet", by=people["cara"])
    (found,) = suspicions.all_of_them()
    assert found.words == (
        "Others: 260 hours at once, more than ten times 22.25 hours, the others of it, on average."
    )  # fmt: skip
    planned = make_commitment(supplier, 400, by=people["cara"], reference="T-2", wording="Planned")
    plans.write(
        planned, [(today + timedelta(days=909), Decimal(400))], by=people["cara"], reason="Agreed",
        starts_on=today - timedelta(days=90),
    )  # fmt: skip
    lines.record(planned, Decimal(364), today, "Sheet", by=people["cara"])
    assert len(kinds()) == 1
    lines.record(planned, Decimal(1), today, "Sheet 2", by=people["cara"])
    kept = make_commitment(supplier, 400, by=people["cara"], reference="T-3", wording="Planned too")
    plans.write(
        kept, [(today + timedelta(days=909), Decimal(400))], by=people["cara"], reason="Agreed",
        starts_on=today - timedelta(days=90),
    )  # fmt: skip
    lines.record(kept, Decimal("364.01"), today, "Sheet", by=people["cara"])
    assert "Planned too: 364.01 hours at once, more than ten times 36.4 hours, a quarter of its plan." in {
        found.words for found in suspicions.all_of_them()
    }


def test_a_delivery_and_a_line_of_another_contract_are_the_same_people_and_day(wanted, group, supplier, people):
    one, other = (make_commitment(supplier, by=people["cara"], reference=f"S-{n}") for n in (1, 2))
    pledge = pledges.offer(
        Request.objects.for_page().get(pk=wanted.pk), supplier, Decimal(8), by=people["sam"], commitment=one
    )
    pledges.accept(pledge, by=people["alice"])
    day = timezone.localdate()
    deliveries.claim(pledge, Decimal(8), day, by=people["sam"], shares=[(one, 50), (other, 50)])
    assert kinds() == [], "shares of one delivery are no second claim"
    third = make_commitment(supplier, by=people["cara"], reference="S-3")
    lines.record(third, Decimal(4), day, "Sheet", by=people["cara"])
    (found,) = suspicions.all_of_them()
    assert found.words == f"Builder Ltd reported 4 hours on {day:%-d %B %Y} under 3 contracts."


def test_what_was_corrected_is_no_suspicion_and_names_are_no_suppliers(commitment, supplier, people):
    day = timezone.localdate() - timedelta(days=3)
    other = make_commitment(supplier, 9000, by=people["cara"], reference="C-2")
    lines.record(commitment, Decimal(5), day, "Sheet", by=people["cara"])
    slip = lines.record(other, Decimal(5000), day, "Sheet 1", by=people["cara"])
    lines.record(other, Decimal(4), day, "Sheet 2", by=people["cara"])
    assert "Ten times the usual" in kinds()
    lines.correct(slip, Decimal(7), "A slip", by=people["cara"])
    assert kinds() == []
    Contract.objects.filter(reference="C-2").update(supplier_name="Builder, as the register spells it")
    lines.record(other, Decimal(5), day, "Sheet 3", by=people["cara"])
    assert kinds() == ["The same people and day twice"]
    Contract.objects.update(supplier=None, supplier_name="")
    assert kinds() == []


def photograph(taken):
    made, exif = Image.new("RGB", (40, 30), "#557755"), Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = taken
    out = io.BytesIO()
    made.save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_file_that_says_itself_that_it_is_older(group, supplier, people):
    claim(group, supplier, people, photograph(f"{timezone.localdate():%Y:%m:%d} 10:00:00"), "new.jpg", "One")
    assert kinds() == []
    claim(group, supplier, people, photograph("2024:05:06 10:00:00"), "old.jpg", "Two")
    (found,) = [found for found in suspicions.all_of_them() if found.kind == "Evidence older than the delivery"]
    assert found.words.startswith("“old.jpg” says that it was made on 6 May 2024, before the delivery of")


def test_one_contract_that_carries_the_total(supplier, people):
    made = [make_commitment(supplier, 1000, by=people["cara"], reference=f"T-{n}") for n in range(5)]
    CommitmentBalance.objects.filter(commitment__in=made).update(claimed=10, confirmed=10)
    assert kinds() == []
    CommitmentBalance.objects.filter(commitment=made[0]).update(claimed=60, confirmed=60)
    (found,) = suspicions.all_of_them()
    assert found.words == "T-0 holds 60% of all hours that are confirmed: 60 hours."


def test_the_screen_lists_them(client, commitment, supplier, people):
    client.force_login(people["dee"])
    assert "Nothing stands out." in markup(client.get(reverse("suspicions")))
    other = make_commitment(supplier, by=people["cara"], reference="C-2")
    for promise in (commitment, other):
        lines.record(promise, Decimal(12), timezone.localdate(), f"Sheet of {promise.pk}", by=people["cara"])
    assert "under 2 contracts" in markup(client.get(reverse("suspicions")))
