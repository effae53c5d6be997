"""The way in for an organisation: doubles, the register of charities, the sponsor who vouches."""

import json
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from mail.models import Message
from organisations import charities, doubles, limits, vouching
from organisations.models import Organisation, RegisteredCharity
from tests.conftest import make_organisation, markup

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outbox(settings):
    settings.EMAIL_BACKEND = "mail.outbox.OutboxBackend"


DETAILS = {"name": "Friends of the Hall", "what_it_does": "Keeps the hall", "postcode": "gu1 1aa"}
SPONSORED = DETAILS | {"sponsor_name": "The parish", "sponsor_email": "clerk@example.net"}


@pytest.mark.parametrize("typed", ["little bookam", "Little Bookham", "bookham village", "the little bookham hall"])
def test_looking_one_up_forgives_typing(typed):
    hall = make_organisation("Little Bookham Village Hall", "vcse", charity_number="1012345")
    make_organisation("Dorking Day Centre", "vcse", charity_number="1012346")
    assert doubles.looked_up(typed) == [hall]


def test_who_signs_up_what_is_here_is_asked_and_may_say_that_it_is_another(client, people):
    make_organisation("The Friends of the Hall", "informal")
    make_organisation("Friends of the Hal", "informal", state="waiting")  # nobody's business
    client.force_login(people["charlie"])
    address = reverse("organisation_new_details", args=["informal"])
    page = markup(client.post(address, SPONSORED))
    assert "The Friends of the Hall" in page and "Friends of the Hal<" not in page
    assert "None of these is us" in page and not Organisation.objects.filter(name=DETAILS["name"]).exists()
    client.post(address, SPONSORED | {"none_of_them": "on"})
    made = Organisation.objects.get(name=DETAILS["name"])
    assert (made.contact_name, made.contact_email) == (people["charlie"].name, people["charlie"].email)


def test_while_typing_one_is_told_of_the_same_name_or_number(client, people):
    make_organisation("Dorking Day Centre", "vcse", charity_number="1012346")
    client.force_login(people["charlie"])
    address = reverse("organisation_alike")
    assert "Dorking Day Centre" in client.get(address, {"name": "dorking day center"}).content.decode()
    assert "Dorking Day Centre" in client.get(address, {"charity_number": "101 2346"}).content.decode()
    assert not client.get(address, {"name": "Do"}).content.strip()


def test_the_word_that_was_looked_up_is_there_in_the_form(client, people):
    client.force_login(people["charlie"])
    answer = client.post(reverse("organisation_start") + "?q=Knitters+%26+co", {"kind": "informal"})
    assert 'value="Knitters &amp; co"' in client.get(answer.url).content.decode()


def test_a_sponsor_is_asked_vouches_once_and_the_decider_reads_it(client, people):
    client.force_login(people["charlie"])
    client.post(reverse("organisation_new_details", args=["informal"]), SPONSORED)
    group = Organisation.objects.get(name=DETAILS["name"])
    asked = Message.objects.get(kind="sponsor_asked")
    assert asked.address == "clerk@example.net"
    assert not [words for words in ("Friends", "Keeps", "parish", "charlie") if words in str(asked.content)]
    client.logout()
    page = reverse("sponsor", args=[vouching.token_for(group)])
    assert "Friends of the Hall" in client.get(page).content.decode()
    assert "Say whether you know" in client.post(page, {"words": ""}).content.decode()
    assert "Thank you" in client.post(page, {"knows": "yes", "words": "We lend them the room"}).content.decode()
    assert client.get(page).status_code == 404 and client.post(page, {"knows": "no"}).status_code == 404
    client.force_login(people["mo"])
    decide = markup(client.get(reverse("organisation_decide", args=[group.pk])))
    assert "vouches for it" in decide and "We lend them the room" in decide


def test_a_link_is_void_for_another_sponsor_and_after_the_decision(people):
    group = make_organisation("Knitters", "informal", people["charlie"], state="waiting", sponsor_email="a@example.net")
    vouching.ask(group, by=people["charlie"])
    token = vouching.token_for(group)
    Organisation.objects.filter(pk=group.pk).update(sponsor_email="b@example.net")
    assert vouching.read(token) is None and vouching.read("made-up") is None
    with pytest.raises(ValidationError, match="no longer open"):
        vouching.answer(token, "yes", "")


def test_another_sponsor_is_asked_when_the_details_change(client, people):
    group = make_organisation("Knitters", "informal", people["charlie"], state="waiting", sponsor_email="a@example.net")
    vouching.ask(group, by=people["charlie"])
    vouching.answer(vouching.token_for(group), "no", "")
    client.force_login(people["charlie"])
    edited = SPONSORED | {"contact_name": "C", "contact_email": "c@example.org", "sponsor_email": "b@example.net"}
    client.post(reverse("organisation_edit", args=[group.pk]), edited)
    group.refresh_from_db()
    assert (group.sponsor_answer, group.sponsor_answered_at) == ("", None)
    assert [row.address for row in Message.objects.filter(kind="sponsor_asked").order_by("pk")] == [
        "a@example.net", "b@example.net",
    ]  # fmt: skip


def test_nobody_vouches_for_themselves(client, people):
    client.force_login(people["charlie"])
    own = SPONSORED | {"sponsor_email": people["charlie"].email.upper()}
    page = client.post(reverse("organisation_new_details", args=["informal"]), own)
    assert "somebody outside your group" in page.content.decode()


def test_a_silent_sponsor_is_written_to_once_more_and_no_more(people):
    group = make_organisation("Knitters", "informal", people["charlie"], state="waiting", sponsor_email="a@example.net")
    vouching.ask(group, by=people["charlie"])
    for days, mails in ((1, 1), (9, 2), (30, 2)):
        vouching.remind(timezone.now() + timedelta(days=days))
        assert Message.objects.filter(kind="sponsor_asked").count() == mails


def test_an_unapproved_account_has_three_strangers_written_to_a_day(people):
    for number in range(3):
        group = make_organisation(f"G{number}", "informal", state="waiting", sponsor_email=f"{number}@example.net")
        vouching.ask(group, by=people["charlie"])
    group = make_organisation("G4", "informal", people["charlie"], state="waiting", sponsor_email="4@example.net")
    with pytest.raises(ValidationError, match="three people a day"):
        vouching.ask(group, by=people["charlie"])
    with pytest.raises(ValidationError, match="three people a day"):
        limits.spend("stranger", people["charlie"])


RECORD = {
    "date_of_extract": "2026-11-02T00:00:00", "organisation_number": 1, "registered_charity_number": 1012345,
    "linked_charity_number": 0, "charity_name": "LITTLE BOOKHAM VILLAGE HALL", "charity_registration_status":
    "Registered", "charity_contact_postcode": "GU1 1AA",
}  # fmt: skip


def written(path, records, kind):
    if kind == "json":
        path.write_text("\ufeff" + json.dumps(records, indent=1), encoding="utf-8")
    else:
        rows = ["\t".join(RECORD), *("\t".join(str(record[name]) for name in RECORD) for record in records)]
        path.write_text("\r\n".join(rows) + "\r\n", encoding="utf-8")
    if kind == "zip":
        packed = path.with_suffix(".zip")
        with zipfile.ZipFile(packed, "w") as archive:
            archive.write(path, "publicextract.charity.txt")
        return packed
    return path


@pytest.mark.parametrize("kind", ["json", "txt", "zip"])
def test_the_register_is_read_in_each_form_and_replaced_whole(tmp_path, kind, monkeypatch):
    monkeypatch.setattr(charities, "CHUNK", 97)  # records lie across the pieces that are read
    many = [RECORD | {"registered_charity_number": 200000 + n, "charity_name": f'Café "{n}", Ltd'} for n in range(40)]
    linked = RECORD | {"linked_charity_number": 3, "charity_name": "A branch"}
    assert charities.load(written(tmp_path / "a.txt", [RECORD, linked, *many], kind)) == 41
    assert RegisteredCharity.objects.get(pk="200007").name == 'Café "7", Ltd'
    newer = [record | {"date_of_extract": "2026-12-01"} for record in many[:30]]
    charities.load(written(tmp_path / "b.txt", newer, kind))
    assert RegisteredCharity.objects.count() == 30 and not RegisteredCharity.objects.filter(pk="1012345").exists()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda text: text[: len(text) // 2], "breaks off"),
        (lambda text: text.replace("charity_name", "name"), "lacks charity_name"),
        (lambda text: text.replace("Registered", "Perhaps"), "status 'Perhaps'"),
        (lambda text: text.replace("2026-11-02T00:00:00", "soon", 1), "is no day"),
        (lambda text: text.replace("2026-11-02", "2026-11-03", 1), "names 2 days"),
        (lambda text: "[]", "names 0 days"),
    ],
)
def test_a_file_that_is_something_else_is_refused_and_changes_nothing(tmp_path, spoil, words):
    path = written(tmp_path / "a.json", [RECORD, RECORD | {"registered_charity_number": 1012346}], "json")
    charities.load(path)
    path.write_text(spoil(path.read_text(encoding="utf-8-sig")), encoding="utf-8")
    with pytest.raises(CommandError, match=words):
        call_command("import_charities", str(path))
    assert RegisteredCharity.objects.count() == 2


def test_a_register_that_shrank_is_asked_about(tmp_path):
    many = [RECORD | {"registered_charity_number": 200000 + n} for n in range(9)]
    charities.load(written(tmp_path / "a.json", many, "json"))
    less = written(tmp_path / "b.json", [many[0] | {"date_of_extract": "2026-12-01"}], "json")
    with pytest.raises(CommandError, match="more than half"):
        call_command("import_charities", str(less))
    call_command("import_charities", str(less), "--force")
    assert RegisteredCharity.objects.count() == 1


@pytest.mark.parametrize(
    ("entry", "agrees"),
    [
        ({}, [True, True, True]),
        ({"name": "Another thing"}, [True, False, True]),
        ({"postcode": "KT1 1AA", "registered": False}, [False, True, None]),
        ({"number": "9999999"}, [False]),
    ],
)
def test_the_decider_sees_whether_number_name_and_area_agree(client, people, entry, agrees):
    hall = make_organisation(
        "Little Bookham Village Hall", "vcse", state="waiting", charity_number="1012345", outcode="GU1"
    )
    there = {"number": "1012345", "name": "LITTLE BOOKHAM VILLAGE HALL", "registered": True, "postcode": "GU1 1AA"}
    RegisteredCharity.objects.create(**(there | entry), as_at="2026-11-02")
    found = charities.findings(hall)
    assert [finding.agrees for finding in found][: len(agrees) - 1] == agrees[:-1]
    assert agrees[-1] in (found[-1].agrees, None)
    client.force_login(people["mo"])
    page = markup(client.get(reverse("organisation_decide", args=[hall.pk])))
    assert found[0].words in page and "charity-details/?regid=1012345" in page
