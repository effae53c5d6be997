"""Officers: named by the extracts, trained or not, and written to once a month with what is theirs to mend."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from golden_thread import letters, records, rules, training
from golden_thread.models import Officer, ThreadLetter, TrainingSession
from tests.golden_thread.conftest import DAY, PROJECTS, run

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)


@pytest.fixture
def officers(extracts):
    training.note_officers()
    Officer.objects.filter(name="Ben").update(email="ben@example.org")


def session(day, *names, recording="https://example.org/plan-ids"):
    made = TrainingSession.objects.create(title="Plan IDs", held_on=day, recording=recording)
    made.officers.set(Officer.objects.filter(name__in=names))
    return made


def test_officers_are_noted_once(extracts, write):
    assert training.note_officers() == 2
    assert training.note_officers() == 0
    again = [[cell.replace("Ann", " ANN ") for cell in row] for row in PROJECTS]
    run("import_projects", write(again, "again.csv"), "--as-at", "2026-03-31")
    assert training.note_officers() == 0
    assert {officer.name for officer in Officer.objects.all()} == {"Ann", "Ben"}


def test_an_officer_is_told_once_a_month_what_is_theirs(officers, people, mailoutbox):
    session(date(2025, 6, 1), "Ann")
    assert letters.send_month(TODAY) == 2  # Ben, and Dee as a leader
    assert letters.send_month(TODAY.replace(day=20)) == 0
    letter = next(one for one in mailoutbox if one.to == ["ben@example.org"])
    assert letter.subject == "4 records of the golden thread for you to mend"
    assert "PM3-00009 (Pending): Completed without social value recorded." in letter.body
    assert "PM3-00002" not in letter.body  # that one is Ann's
    assert "You have not had the training yet" in letter.body
    assert "https://example.org/plan-ids" in letter.body
    assert letters.send_month(date(2026, 4, 1)) == 0  # no extract of March: nothing new to say
    assert ThreadLetter.objects.count() == 2


def test_seniors_get_a_summary_with_figures_and_directorates(officers, people, mailoutbox):
    letters.send_month(TODAY)
    letter = next(one for one in mailoutbox if one.to == [people["dee"].email])
    assert "Completed projects with social value recorded: 50.00% (2 of 4). Target 80%: not met." in letter.body
    assert "- Care: social value recorded 50.00% of 2 projects" in letter.body
    assert "Not published yet: 28 February 2026." in letter.body
    assert {address for one in mailoutbox for address in one.to} == {people["dee"].email, "ben@example.org"}


def test_a_letter_that_can_not_be_written_holds_up_no_other_and_is_tried_again(officers, people, monkeypatch):
    compose = letters.compose

    def breaks_for_officers(template, *args, **context):
        if template == "thread_officer":
            raise ValueError("a fault of ours")
        return compose(template, *args, **context)

    with monkeypatch.context() as patch:
        patch.setattr(letters, "compose", breaks_for_officers)
        assert letters.send_month(TODAY) == 1
    assert set(ThreadLetter.objects.values_list("kind", flat=True)) == {"summary"}
    assert letters.send_month(TODAY) == 1


def test_nobody_is_written_to_without_an_address_or_with_nothing_to_mend(officers, people, mailoutbox):
    Officer.objects.create(name="Zoe", email="zoe@example.org")
    letters.send_month(TODAY)
    assert "zoe@example.org" not in {address for one in mailoutbox for address in one.to}


def test_training_is_held_against_those_who_were_not_there(officers, write):
    made = session(date(2025, 11, 1), "Ben")
    (row,) = training.effects(records.load(DAY, rules.current()), DAY)
    assert row.session == made
    before, after = row.trained["recorded"], row.others["recorded"]
    # Ben: project 8 on 1 October (recorded), 9 on 2 November (not); Ann: 2 on 28 February (not)
    assert (before.done_before, before.all_before, before.done_after, before.all_after) == (1, 1, 0, 1)
    assert (after.done_before, after.all_before, after.done_after, after.all_after) == (0, 0, 0, 1)
    assert (before.before, before.after, after.before) == (1.0, 0.0, None)


def test_the_page_shows_who_moved(officers, people, client):
    session(date(2025, 11, 1), "Ben")
    client.force_login(people["pat"])
    page = client.get(reverse("thread_training")).content.decode()
    assert "1 who took part" in page
    assert "100% (1 of 1)" in page
    assert "0% (0 of 1)" in page
    screen = client.get(reverse("thread_screen")).content.decode()
    assert "Training on 1 Nov 2025" in screen
    assert "https://example.org/plan-ids" in screen


def test_officers_who_share_a_mailbox_each_get_their_letter(officers, people, mailoutbox):
    Officer.objects.update(email="team@example.org")
    letters.send_month(TODAY)
    letters.send_month(TODAY)
    bodies = [one.body for one in mailoutbox if one.to == ["team@example.org"]]
    assert sorted(body.split(",")[0] for body in bodies) == ["Hello Ann", "Hello Ben"]


def test_an_officer_is_kept_once_whoever_types_the_name(officers, people, client):
    people["edie"].groups.add(Group.objects.get(name="Programme team"))
    client.force_login(people["edie"])
    page = client.post(reverse("officer:add"), {"name": " BEN ", "email": ""}).content.decode()
    assert "in the list already" in page
    assert client.post(reverse("officer:add"), {"name": "Zoe", "email": "zoe@example.org"}).status_code == 302
    assert Officer.objects.get(name_key="zoe").email == "zoe@example.org"
