"""Mending: confirmed by a person, once, logged, undone with a reason, and sent to Proactis without formulas."""

import csv
import io

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from golden_thread import links, rules, tasks
from golden_thread.models import GoldenThreadRules, LinkSearch, LinkSuggestion, ThreadLink
from tests.conftest import markup
from tests.golden_thread.conftest import CONTRACTS, DAY, PROJECTS, figures, run

pytestmark = pytest.mark.django_db
MISTYPED = [
    ["M-1", "Roads again", "@SUM(1)|cmd", "05-Mar-2025", "PM3-O0001", "Live", "£10,000"],
    ["M-2", "Lights again", "Brill Ltd", "06-Mar-2025", "PM3-O0002", "Live", "20,000"],
]


@pytest.fixture
def suggested(write):
    """Two contracts with mistyped Plan IDs, and what is suggested for them."""
    run("import_projects", write(PROJECTS, "p.csv"), "--as-at", str(DAY))
    run("import_contracts", write([*CONTRACTS, *MISTYPED], "c.csv"), "--as-at", str(DAY))
    return links.search()


def one(reference, number):
    return LinkSuggestion.objects.get(reference=reference, plan_number=number)


def confirm(reference, number, by):
    return links.answer({one(reference, number).reference_key: one(reference, number).pk}, by=by)


def rows_of(text):
    return list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))


def test_suggestions_are_kept_and_searched_anew_only_for_new_extracts_or_rules(suggested, write):
    assert links.search() == suggested
    GoldenThreadRules.objects.update(linked_target=81)
    again = links.search()
    assert again != suggested
    assert LinkSearch.objects.count() == 1
    run("import_projects", write(PROJECTS, "later.csv"), "--as-at", "2026-03-31")
    assert not links.is_current(again)
    assert links.is_current(links.search())


def test_without_extracts_there_is_nothing_to_search(db):
    assert links.search() is None


def test_a_confirmed_link_is_logged_and_changes_no_figure(suggested, people):
    before = figures()[0]
    confirmed, refused, taken = confirm("M-1", 1, people["pat"])
    assert [str(link) for link in confirmed] == ["M-1: PM3-00001"]
    assert (refused, taken) == ([], [])
    assert figures()[0] == before
    entry = ModelLogEntry.objects.get(action="golden_thread.link_confirmed")
    assert entry.user == people["pat"]
    assert entry.data == {"contract": "M-1", "plan": "PM3-00001"}
    assert "m-1" not in links.unanswered().values_list("reference_key", flat=True)


def test_a_page_is_answered_at_once(suggested, people):
    choices = {"m-1": one("M-1", 1).pk, "m-2": links.questions(["m-2"])[0].none}
    confirmed, refused, _ = links.answer(choices, by=people["cara"])
    assert len(confirmed) == 1
    assert {link.reference for link in refused} == {"M-2"}
    assert not links.unanswered().filter(reference_key__in=["m-1", "m-2"]).exists()


def test_a_second_answer_comes_too_late_and_is_told(suggested, people):
    confirm("M-1", 1, people["pat"])
    assert links.answer({"m-1": "999999"}, by=people["cara"])[2] == ["m-1"]
    assert ThreadLink.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        ThreadLink.objects.create(
            answer="confirmed", reference="M-1", reference_key="m-1", plan_number=2, plan_id="PM3-00002",
            confidence=1, made_by=people["cara"],
        )  # fmt: skip


def test_a_suggestion_of_another_contract_is_not_taken_for_this_one(suggested, people):
    confirmed, _, taken = links.answer({"m-1": one("M-2", 2).pk}, by=people["pat"])
    assert (confirmed, taken) == ([], ["M-1"])


def test_undone_it_stays_with_who_and_why_and_can_be_answered_again(suggested, people):
    link = confirm("M-1", 1, people["pat"])[0][0]
    with pytest.raises(ValidationError, match="Say why"):
        links.undo(link, "  ", by=people["cara"])
    links.undo(link, "Another school", by=people["cara"])
    with pytest.raises(ValidationError, match="undone already"):
        links.undo(link, "Again", by=people["pat"])
    link.refresh_from_db()
    assert (link.undone_by, link.undone_because) == (people["cara"], "Another school")
    assert ModelLogEntry.objects.get(action="golden_thread.link_undone").data["why"] == "Another school"
    assert links.waiting() == []
    assert len(confirm("M-1", 1, people["pat"])[0]) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        ThreadLink.objects.filter(undone_at=None).update(undone_at=timezone.now())  # without who and why


def test_the_corrections_have_proactis_own_columns_and_no_formula(suggested, people, client):
    confirm("M-1", 1, people["pat"])
    confirm("M-2", 2, people["pat"])
    client.force_login(people["pat"])
    answer = client.get(reverse("thread_corrections"))
    assert rows_of(answer.content.decode()) == [
        ["Contract Ref", "Contract Title", "Supplier", "PM3 Plan ID"],
        ["M-1", "Roads again", "'@SUM(1)|cmd", "PM3-00001"],
        ["M-2", "Lights again", "Brill Ltd", "PM3-00002"],
    ]
    assert ModelLogEntry.objects.filter(action="golden_thread.corrections", user=people["pat"]).exists()


def test_columns_that_were_mapped_go_back_under_their_own_headings(write, people):
    run("import_projects", write(PROJECTS, "p.csv"), "--as-at", str(DAY))
    contracts = [["Planer", "Ref.", "Signed", "Wert"], ["PM3-O0001", "X-1", "05-Mar-2025", "1"]]
    options = ("--map", "Planer=plan_id_as_typed", "--map", "Ref.=reference", "--map", "Wert=value_gbp")
    assert run("import_contracts", write(contracts, "x.csv"), "--as-at", str(DAY), *options)[0] == 0
    links.search()
    confirm("X-1", 1, people["pat"])
    assert rows_of(links.corrections()[0]) == [["Planer", "Ref."], ["PM3-00001", "X-1"]]


def test_once_proactis_has_it_nothing_waits_and_the_figure_moves(suggested, people, write):
    confirm("M-1", 1, people["pat"])
    confirm("M-2", 2, people["pat"])
    assert [link.reference for link in links.waiting()] == ["M-1", "M-2"]
    before = figures("2026-03-01")[0]["linked_since_go_live"]
    later = [[*row[:4], row[4].replace("PM3-O0001", "PM3-00001"), *row[5:]] for row in [*CONTRACTS, *MISTYPED]]
    run("import_contracts", write(later, "later.csv"), "--as-at", "2026-03-01")
    assert [link.reference for link in links.waiting()] == ["M-2"]
    assert [link.standing for link in links.with_standing(list(ThreadLink.objects.order_by("reference")))] == [
        "done",
        "waiting",
    ]
    assert figures("2026-03-01")[0]["linked_since_go_live"][0] == before[0] + 1


def test_proactis_with_another_project_is_shown_and_not_sent_again(suggested, people, write):
    confirm("M-1", 1, people["pat"])
    later = [[*row[:4], row[4].replace("PM3-O0001", "PM3-00003"), *row[5:]] for row in [*CONTRACTS, *MISTYPED]]
    run("import_contracts", write(later, "later.csv"), "--as-at", "2026-03-31")
    assert links.waiting() == []
    assert links.with_standing(list(ThreadLink.objects.all()))[0].standing == "other"


def test_staff_answer_a_page_in_the_browser_and_leaders_only_look(suggested, people, client):
    client.force_login(people["pat"])
    page = markup(client.get(reverse("thread_suggestions"), {"ticked": "1"}))
    assert "which reads as project 1" in page
    assert "ticked=1&amp;page" not in page
    assert f'value="{one("M-1", 1).pk}" checked' in page
    posted = {"pair:m-1": one("M-1", 1).pk, "pair:m-2": ""}
    answer = client.post(reverse("thread_suggestions"), posted, follow=True).content.decode()
    assert "1 confirmed" in answer
    assert ThreadLink.objects.get().reference == "M-1"
    link = ThreadLink.objects.get()
    assert "Waits for it" in client.get(reverse("thread_links")).content.decode()
    assert "Say why it is undone" in client.post(reverse("thread_undo", args=[link.pk])).content.decode()
    client.post(reverse("thread_undo", args=[link.pk]), {"because": "Mixed up"})
    assert "Mixed up" in client.get(reverse("thread_links")).content.decode()
    client.force_login(people["dee"])
    page = client.get(reverse("thread_suggestions")).content.decode()
    assert "which reads as project 1" in page
    assert 'name="pair:m-1"' not in page
    assert client.post(reverse("thread_suggestions"), posted).status_code == 302
    assert not ThreadLink.objects.filter(undone_at=None).exists()


def test_the_worklist_points_to_the_suggestion(suggested, people, client):
    client.force_login(people["pat"])
    page = client.get(reverse("thread_screen")).content.decode()
    assert "PM3-00001 may be it (97% sure)" in page
    assert "?contract=m-1" in page


def test_queries_of_a_page_do_not_grow(suggested, people, client, django_assert_max_num_queries):
    client.force_login(people["pat"])
    client.get(reverse("thread_suggestions"))
    with django_assert_max_num_queries(22):
        client.get(reverse("thread_suggestions"))
    confirm("M-1", 1, people["pat"])
    confirm("M-2", 2, people["pat"])
    client.get(reverse("thread_links"))
    with django_assert_max_num_queries(22):
        client.get(reverse("thread_links"))


def test_what_no_database_can_hold_in_an_address_is_met_calmly(suggested, people, client):
    client.force_login(people["pat"])
    for name in ("contract", "directorate", "page", "ticked"):
        assert client.get(reverse("thread_suggestions"), {name: "'\""}).status_code == 200
        assert client.get(reverse("thread_suggestions"), {name: "\0'\""}).status_code == 404
    answer = client.post(reverse("thread_suggestions"), {"pair:\0m-1": "\0", "pair:m-2": "x"}, follow=True)
    assert "answered or suggested anew in between" in answer.content.decode()
    assert "Nothing was chosen" in client.post(reverse("thread_suggestions"), {"x": 1}, follow=True).content.decode()
    assert not ThreadLink.objects.exists()
    for name in ("thread_screen", "thread_links", "thread_worklist"):
        assert client.get(reverse(name), {"officer": "'", "page": "'"}).status_code == 200


def test_none_of_these_refuses_only_what_was_shown(suggested, people, write):
    shown = links.questions(["m-1"])[0].none
    later = [[*row[:4], row[4].replace("PM3-O0001", "PM3-O0003"), *row[5:]] for row in [*CONTRACTS, *MISTYPED]]
    run("import_contracts", write(later, "later.csv"), "--as-at", "2026-03-31")
    links.search()
    assert links.answer({"m-1": shown}, by=people["pat"]) == ([], [], ["M-1"])
    assert one("M-1", 3) in links.unanswered()


def test_a_search_that_was_overtaken_keeps_nothing(suggested, write, monkeypatch):
    GoldenThreadRules.objects.update(linked_target=81)
    whole = links.mending.suggest

    def slow(thread):
        run("import_contracts", write(CONTRACTS, "later.csv"), "--as-at", "2026-03-31")
        return whole(thread)

    monkeypatch.setattr(links.mending, "suggest", slow)
    assert links.search() is None
    assert LinkSearch.objects.get() == suggested


def test_a_new_rule_has_the_worker_search_again(suggested, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        rules.teach({"Shut": "completed"})
    assert tasks.follow.enqueue in callbacks


def test_the_worklist_says_what_was_confirmed(suggested, people, client):
    confirm("M-1", 1, people["pat"])
    client.force_login(people["pat"])
    assert "PM3-00001, confirmed by Pat" in client.get(reverse("thread_screen")).content.decode()
    text = client.get(reverse("thread_worklist")).content.decode()
    assert '"PM3-00001, confirmed by Pat"' in text
    assert "PM3-00002 may be it (97% sure)" in text


def test_headings_carry_no_formula_either(write, people):
    run("import_projects", write(PROJECTS, "p.csv"), "--as-at", str(DAY))
    contracts = [["Contract Ref", "=Title", "Signed", "PM3 Plan ID"], ["X-1", "Roads", "05-Mar-2025", "PM3-O0001"]]
    run("import_contracts", write(contracts, "x.csv"), "--as-at", str(DAY))
    links.search()
    confirm("X-1", 1, people["pat"])
    assert rows_of(links.corrections()[0])[0] == ["Contract Ref", "'=Title", "PM3 Plan ID"]
