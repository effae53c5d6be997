"""Actions and their history, and the committee paper that writes itself."""

import io
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from guidance.governance import actions, papers
from guidance.models import Action, ActionUpdate, AuditFinding, GovernanceGroup

pytestmark = pytest.mark.django_db
Status = ActionUpdate.Status


def days(n):
    return timezone.localdate() + timedelta(days=n)


@pytest.fixture
def finding(db):
    return AuditFinding.objects.create(
        reference="SV-1", report="Audit", reported_on=days(-300), finding="No owner of #guidance $x$ <b>"
    )


@pytest.fixture
def action(finding, keeper, people):
    new = Action(title="Name owners", owner=keeper, finding=finding, opened_on=days(-90), first_target_on=days(-10))
    return actions.start(new, by=people["dee"])


def latest(action):
    return Action.objects.with_latest().get(pk=action.pk)


def test_an_action_answers_a_group_or_a_finding(keeper, people):
    with pytest.raises(ValidationError, match="Choose the group"):
        actions.start(Action(title="x", owner=keeper, opened_on=days(0), first_target_on=days(1)), by=people["dee"])
    assert not Action.objects.exists()


def test_done_needs_words_and_evidence(action, people):
    with pytest.raises(ValidationError, match="needs proof"):
        actions.report(action, Status.DONE, by=people["edie"], done="All named")
    with pytest.raises(ValidationError, match="Say what was done"):
        actions.report(action, Status.DONE, by=people["edie"], evidence="Minutes")
    actions.report(action, Status.DONE, by=people["edie"], done="All named", evidence="Minutes")
    assert latest(action).status == Status.DONE


def test_the_database_knows_that_done_needs_evidence_too(action):
    from django.db import IntegrityError

    with pytest.raises(IntegrityError), transaction.atomic():
        ActionUpdate.objects.create(action=action, status="done", done="x", target_on=days(0), at=timezone.now())


def test_a_moved_date_and_a_reopened_action_need_a_reason(action, people):
    with pytest.raises(ValidationError, match="why the target date moves"):
        actions.report(action, Status.UNDER_WAY, by=people["edie"], target_on=days(30))
    actions.report(action, Status.UNDER_WAY, by=people["edie"], target_on=days(30), done="Two officers left")
    assert latest(action).target_on == days(30)
    actions.report(action, Status.DROPPED, by=people["edie"], done="Overtaken")
    with pytest.raises(ValidationError, match="opened again"):
        actions.report(action, Status.OPEN, by=people["edie"])


def test_history_is_never_rewritten(action):
    for statement in ("UPDATE guidance_actionupdate SET done = 'x'", "DELETE FROM guidance_actionupdate"):
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(statement)
    with pytest.raises(TypeError):
        ActionUpdate.objects.update(done="x")


def test_the_paper_counts_what_is_done_late_and_unanswered(action, people, keeper):
    AuditFinding.objects.create(reference="SV-2", report="Audit", reported_on=days(-300), finding="Nobody acted")
    paper = papers.audit_progress()
    counts = paper.summary
    assert (counts.findings, counts.actions, counts.late, counts.unanswered, counts.open) == (2, 1, 1, 1, 1)
    actions.report(action, Status.DONE, by=people["edie"], done="All named", evidence="Minutes of 3 May")
    paper = papers.audit_progress()
    assert (paper.summary.done, paper.summary.late) == (1, 0)
    assert paper.findings[0].actions[0].evidence == ["Minutes of 3 May"]


def test_the_paper_as_a_page_holds_the_live_figures(action, people, client, wanted):
    client.force_login(people["dee"])
    page = client.get("/admin/audit-progress/").content.decode()
    assert "Update on progress against audit actions" in page
    assert "Name owners" in page
    assert "No owner of #guidance $x$ &lt;b&gt;" in page
    assert "requests still looking for help" in page


def test_the_paper_as_pdf_is_tagged_and_takes_no_word_for_markup(action, people, client):
    client.force_login(people["dee"])
    answer = client.get("/admin/audit-progress/pdf/")
    data = b"".join(answer)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith('attachment; filename="audit-progress-')
    assert data.startswith(b"%PDF-1.7")
    assert b"/StructTreeRoot" in data
    assert b"/Lang" in data
    assert b"pdfuaid" in data
    assert io.BytesIO(data).getbuffer().nbytes > 5000


def test_the_owner_reports_in_the_admin_and_others_only_read(action, people, client):
    path = f"/admin/actions/{action.pk}/report/"
    client.force_login(people["dee"])
    assert "Add to its history" not in client.get(path).content.decode()
    client.post(path, {"status": "under_way", "done": "Begun"})
    assert action.updates.count() == 1
    from django.contrib.auth.models import Group

    people["edie"].groups.add(Group.objects.get(name="Programme team"))
    client.force_login(people["edie"])
    refused = client.post(path, {"status": "done", "done": "All named", "evidence": ""})
    assert refused.status_code == 422
    assert "needs proof" in refused.content.decode()
    client.post(path, {"status": "done", "done": "All named", "evidence": "Minutes"})
    assert latest(action).status == Status.DONE


def test_the_public_group_page_shows_terms_decisions_and_actions(keeper, people, client):
    group = GovernanceGroup.objects.create(
        name="Steering", slug="steering", purpose="To steer", quorum="Four", chair=keeper, valid_from=days(-10)
    )
    group.decisions.create(decided_on=days(-2), decision="Open to all", reason="It works")
    actions.start(
        Action(title="Write terms", owner=keeper, group=group, opened_on=days(-9), first_target_on=days(-1)),
        by=people["dee"],
    )
    page = client.get("/groups/steering/").content.decode()
    for words in (
        "To steer",
        "Four",
        "Keeper of advice",
        "Open to all",
        "It works",
        "Write terms",
        "Late",
        "Not approved yet",
    ):
        assert words in page


def test_terms_are_approved_by_somebody_and_reviewed_later(db):
    group = GovernanceGroup(name="G", slug="g", purpose="x", approved_on=days(0))
    with pytest.raises(ValidationError, match="who approved"):
        group.full_clean()
    group.approved_by, group.review_date = "The cabinet", days(0)
    with pytest.raises(ValidationError, match="reviewed after"):
        group.full_clean()


def test_an_editor_opens_an_action_in_the_admin(finding, keeper, people, client):
    from django.contrib.auth.models import Group

    people["edie"].groups.add(Group.objects.get(name="Programme team"))
    client.force_login(people["edie"])
    form = {"title": "Train officers", "owner": keeper.pk, "finding": finding.pk, "group": ""}
    dates = {"opened_on": f"{days(0)}", "first_target_on": f"{days(30)}"}
    client.post("/admin/action/new/", form | dates)
    assert latest(Action.objects.get()).status == Status.OPEN
    refused = client.post("/admin/action/new/", form | {"finding": ""} | dates)
    assert "Choose the group that asked" in refused.content.decode()
