"""A partner authority is followed on the same site by rules, extracts and answers of its own."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from golden_thread import contract_thread, figures, letters, links, published, rules, tasks, training
from golden_thread.models import Extract, LinkSearch, Officer, PartnerRules, Snapshot, ThreadLink, TrainingSession
from importing.models import ImportRun
from marketplace import checks
from places.models import Council
from suppliers.models import Contract
from tests.conftest import collapsed, markup
from tests.golden_thread.conftest import CONTRACTS, DAY, FINANCE, PROJECTS, as_csv, run

pytestmark = pytest.mark.django_db
EAST = "East Sussex County Council"
LATER = date(2026, 3, 31)
# The same Plan IDs and, but for one, other references: what counts differs by status words and go-live.
THEIRS = [PROJECTS[0], *([row[0], f"Theirs: {row[1]}", *row[2:4], "Shut", *row[5:]] for row in PROJECTS[1:4])]
SIGNED = [
    CONTRACTS[0],
    ["E-1", "Theirs", "Acme Ltd", "05-Mar-2025", "PM3-00001", "Live", "1"],
    ["E-2", "Theirs too", "Acme Ltd", "06-Mar-2025", "PM3-O0002", "Live", "1"],
    ["E-3", "Before their go-live", "Acme Ltd", "06-Mar-2024", "", "Live", "1"],
]


@pytest.fixture
def partner(db):
    council = Council.objects.create(name=EAST)
    return PartnerRules.objects.create(council=council, go_live=date(2025, 1, 1), completed_words="shut")


@pytest.fixture
def both(extracts, partner, write):
    for command, rows in (("projects", THEIRS), ("contracts", SIGNED)):
        status, report = run(
            f"import_{command}", write(rows, f"e-{command}.csv"), "--as-at", str(DAY), "--council", EAST
        )
        assert (status, report["errors"]) == (0, [])
    return partner


def percentages(*args):
    out = StringIO()
    call_command("golden_thread", "--as-at", str(DAY), "--json", *args, stdout=out)
    metrics = json.loads(out.getvalue())["metrics"]
    return {name: (metric["numerator"], metric["denominator"]) for name, metric in metrics.items()}


def test_each_authority_is_counted_by_its_own_rules_and_extracts(both):
    own, theirs = percentages(), percentages("--council", "east sussex  county council")
    assert own["linked_since_go_live"] == (5, 7)
    assert theirs["social_value_recorded"] == (1, 2)
    assert theirs["linked_since_go_live"] == (1, 2)
    with pytest.raises(CommandError, match=r"no partner authority .* There are: East Sussex"):
        percentages("--council", "Kent")


def test_the_second_way_of_reckoning_knows_every_authority_and_window(both):
    for window in ("anniversary_exclusive", "anniversary_inclusive", "last_365_days", "whole_calendar_months"):
        PartnerRules.objects.update(window=window)
        compared, differing = checks.differences()
        assert not differing
    assert compared > 150
    assert (f"linked_since_go_live of {both.council_id}", "numerator") in checks.recounted()


def test_a_newer_extract_of_one_authority_moves_the_day_of_no_other(both, write):
    for command, rows in (("projects", THEIRS), ("contracts", SIGNED)):
        run(f"import_{command}", write(rows, "later.csv"), "--as-at", str(LATER), "--council", EAST)
    assert (figures.newest_day(), figures.newest_day(both.council_id)) == (DAY, LATER)
    assert Contract.objects.get(reference="E-1").sources.get().as_at == DAY  # said once, not anew


def test_the_same_extract_may_be_two_authorities_own(both, write):
    before = Extract.objects.count()
    run("import_projects", write(PROJECTS, "p.csv"), "--as-at", str(DAY), "--council", EAST)
    run("import_projects", write(PROJECTS, "p.csv"), "--as-at", str(DAY), "--council", EAST)
    assert Extract.objects.count() == before + 1
    extract = Extract.objects.filter(council=both.council, system="projects").last()
    fields = {name: getattr(extract, name) for name in ("system", "as_at", "digest", "council", "name", "rows")}
    with pytest.raises(IntegrityError), transaction.atomic():
        Extract.objects.create(**fields)


def test_their_contracts_join_the_register_as_theirs_and_take_nobody_elses(both, write):
    theirs = Contract.objects.get(reference="E-1")
    assert theirs.council == both.council
    taken = [CONTRACTS[0], ["C-1", "Not Surrey's roads", "Other Ltd", "05-Mar-2025", "", "Live", "7"]]
    _, report = run("import_contracts", write(taken, "t.csv"), "--as-at", str(LATER), "--council", EAST)
    (warning,) = [problem for problem in report["warnings"] if problem["code"] == "of_another_authority"]
    assert (warning["row"], warning["column"]) == (2, "Contract Ref")
    roads = Contract.objects.get(reference="C-1")
    assert (roads.title, roads.council) != ("Not Surrey's roads", both.council)


def test_links_are_suggested_answered_and_sent_back_apart(both, people, client):
    for counted in rules.every():
        links.search(counted.council)
    assert LinkSearch.objects.count() == 2
    number = both.council_id
    suggested = links.unanswered(number)
    assert set(suggested.values_list("reference", flat=True)) == {"E-2"}
    assert "E-2" not in links.unanswered().values_list("reference", flat=True)
    client.force_login(people["pat"])
    page = markup(client.get(reverse("thread_suggestions"), {"council": number}))
    assert "E-2" in page
    suggestion = suggested.get(plan_number=2)
    address = f"{reverse('thread_suggestions')}?council={number}"
    client.post(address, {f"pair:{suggestion.reference_key}": suggestion.pk})
    assert ThreadLink.objects.get().council == both.council
    assert [link.reference for link in links.waiting(number)] == ["E-2"]
    assert links.waiting() == []
    sent = client.get(reverse("thread_corrections"), {"council": number})
    assert "E-2" in sent.content.decode()
    assert "E-2" in markup(client.get(reverse("thread_links"), {"council": number}))
    assert "E-2" not in markup(client.get(reverse("thread_links")))
    client.post(reverse("thread_undo", args=[ThreadLink.objects.get().pk]), {"because": "Wrong"}, follow=True)
    assert links.waiting(number) == []


def test_a_contract_of_theirs_says_where_it_stands_in_their_thread(both, people, client):
    assert contract_thread.of(Contract.objects.get(reference="E-1")).projects[0].title == "Theirs: Roads"
    assert contract_thread.of(Contract.objects.get(reference="C-1")).projects[0].title == "Roads"
    links.search(both.council_id)
    client.force_login(people["pat"])
    page = client.get(Contract.objects.get(reference="E-2").get_absolute_url()).content.decode()
    assert f"?contract=e-2&amp;council={both.council_id}" in page


def test_months_are_published_once_an_authority(both, people):
    for counted in rules.every():
        assert published.due(counted) == [DAY]
        published.publish(DAY, counted, by=people["edie"])
        assert published.due(counted) == []
    assert Snapshot.objects.count() == 6
    by_authority = [published.by_day(counted)[DAY] for counted in rules.every()]
    percents = {rows["linked_since_go_live"].numerator for rows in by_authority}
    assert percents == {5, 1}
    snapshot = Snapshot.objects.filter(council=both.council).first()
    fields = {f.name: getattr(snapshot, f.name) for f in Snapshot._meta.fields if f.name != "id"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Snapshot.objects.create(**fields)


def test_pages_offer_every_authority_and_keep_the_one_that_was_chosen(both, people, client):
    chosen = {"council": both.council_id}
    public = collapsed(client.get(reverse("golden_thread")).content.decode())
    assert f'?council={both.council_id}">{EAST}</a>' in public
    theirs = collapsed(client.get(reverse("golden_thread"), chosen).content.decode())
    assert f'<strong aria-current="true">{EAST}</strong>' in theirs
    assert "1 of 2. Target 80%" in theirs
    figure = client.get(reverse("thread_figure", args=["linked_since_go_live"]), chosen).content.decode()
    assert "E-1" in figure
    assert "C-1" not in figure
    months = client.get(reverse("thread_months"), chosen).content.decode()
    assert months != client.get(reverse("thread_months")).content.decode()
    client.force_login(people["pat"])
    staff = markup(client.get(reverse("thread_screen"), chosen))
    assert "PM3-00002" in staff
    assert "PM3-00009" not in staff
    for name in ("thread_worklist", "thread_training", "thread_suggestions", "thread_links"):
        assert client.get(reverse(name), chosen).status_code == 200, name
    assert "E-2" in client.get(reverse("thread_records", args=["linked_since_go_live"]), chosen).content.decode()
    for wrong in ("9999", "x", "-1", "9" * 30, "½"):
        assert client.get(reverse("golden_thread"), {"council": wrong}).status_code == 404, wrong


def test_without_partners_pages_say_nothing_of_authorities(extracts, client):
    assert 'name="council"' not in client.get(reverse("golden_thread")).content.decode()


def test_letters_go_out_for_each_authority(both, people, mailoutbox):
    for counted in rules.every():
        training.note_officers(counted.council)
    assert letters.send_month(DAY + timedelta(days=10)) == 2
    assert letters.send_month(DAY + timedelta(days=11)) == 0
    summaries = {f"?council={both.council_id}" in letter.body: letter.body for letter in mailoutbox}
    assert f"golden thread of {EAST} stand" in summaries[True]


def test_the_worker_follows_every_authority(both, people):
    tasks.follow.func()
    assert {search.contracts_extract.council for search in LinkSearch.objects.all()} == {None, both.council}


def test_an_extract_of_theirs_is_handed_in_on_the_screen(partner, people, client):
    people["pat"].groups.add(Group.objects.get(name="Programme team"))
    client.force_login(people["pat"])
    assert EAST in markup(client.get(reverse("imports")))
    file = SimpleUploadedFile("p.csv", as_csv(THEIRS))
    fields = {"kind": "projects", "as_at": "28/02/2026", "council": partner.council_id}
    response = client.post(reverse("imports"), fields | {"file": file})
    run_ = ImportRun.objects.get()
    assert f"An extract of {EAST} that shows" in collapsed(client.get(response.url).content.decode())
    client.post(reverse("import_preview", args=[run_.pk]), {"save": "1"})
    assert Extract.objects.get().council == partner.council
    file = SimpleUploadedFile("r.csv", b"Reference,Title\r\nC-1,Roads\r\n")
    refused = client.post(reverse("imports"), {"kind": "contracts", "council": partner.council_id, "file": file})
    assert "Files of this kind are the site’s own council’s only." in markup(refused)


def test_the_sites_own_council_is_no_partner(people, client, settings):
    own = Council.objects.get(name=settings.COUNCIL_NAME)
    client.force_login(people["pat"])
    people["pat"].is_superuser = True
    people["pat"].save()
    assert "its rules are under Settings" in markup(client.post(reverse("partner_rules:add"), {"council": own.pk}))
    assert not PartnerRules.objects.exists()


def test_officers_of_the_same_name_are_two_and_read_their_own_records(both, people, mailoutbox):
    for counted in rules.every():
        training.note_officers(counted.council)
    Officer.objects.filter(name="Ann", council=None).update(email="ann@surrey.example")
    theirs = Officer.objects.get(name="Ann", council=both.council)
    assert letters.send_month(DAY + timedelta(days=10)) == 3  # two summaries, and one Ann
    (letter,) = [letter for letter in mailoutbox if letter.to == ["ann@surrey.example"]]
    assert "Theirs" not in letter.body
    session = TrainingSession.objects.create(title="Plan IDs", held_on=DAY)
    session.officers.add(theirs)
    assert (training.trained_on(), training.trained_on(both.council_id)) == ({}, {"ann": DAY})


def test_a_register_changes_no_contract_of_a_partner(both, write):
    file = write([["Reference", "Title"], ["E-1", "Surrey's own bins"], ["S-1", "Bins"]], "register.csv")
    status, report = run("import_register", file)
    assert (status, report["saved"]) == (1, False)
    (problem,) = report["errors"]
    assert (problem["code"], problem["row"]) == ("of_another_authority", 2)
    assert Contract.objects.get(reference="E-1").title == "Theirs"


def test_spend_under_commitments_is_that_of_the_authoritys_own(both, write, commitment):
    finance = [FINANCE[0], ["Acme Ltd", commitment.contract.reference, "01/05/2025", "200"]]
    run("import_finance", write(finance, "f.csv"), "--as-at", str(DAY), "--council", EAST)
    spend = figures.report(DAY, rules.current(both.council_id)).spend
    assert (spend.pounds["all"], spend.pounds["under_commitments"]) == (200, 0)


def test_an_authority_stays_the_one_whose_extracts_are_kept(both, people, client):
    people["edie"].is_superuser = True
    people["edie"].save()
    client.force_login(people["edie"])
    other = Council.objects.exclude(pk=both.council_id).exclude(name__startswith="Surrey").first()
    page = client.get(reverse("partner_rules:edit", args=[both.pk]))
    posted = page.context["form"].initial | {"council": other.pk}
    refused = client.post(reverse("partner_rules:edit", args=[both.pk]), posted)
    assert "Its extracts are kept under this council." in markup(refused)
    assert PartnerRules.objects.get().council == both.council


def test_screens_and_files_say_whose_they_are(both, people, client):
    people["edie"].is_superuser = True
    people["edie"].save()
    client.force_login(people["edie"])
    chosen = {"council": both.council_id}
    for name in ("thread_screen", "thread_publish", "thread_suggestions", "thread_links", "thread_training"):
        assert f": {EAST}" in markup(client.get(reverse(name), chosen)), name
    assert EAST in client.get(reverse("thread_figure", args=["linked_rolling"]), chosen).content.decode()
    for name, args in (("thread_months", []), ("thread_worklist", []), ("thread_figure", ["linked_rolling"])):
        answer = client.get(reverse(name, args=args), chosen | {"as": "csv"})
        assert "-east-sussex-county-council.csv" in answer["Content-Disposition"], name
        assert "sussex" not in client.get(reverse(name, args=args), {"as": "csv"})["Content-Disposition"]
