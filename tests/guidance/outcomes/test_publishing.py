"""Publishing a version: what it touches is shown first, tasks follow, and figures are read through the mapping."""

from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guidance.models import Mapping, Outcome, ReviewTask, SocialValueModel
from guidance.outcomes import lines, mappings, publishing, versions
from tests.conftest import make_commitment, make_page, make_request

pytestmark = pytest.mark.django_db


def published(model, people):
    """Asked for by one person, published by a second."""
    publishing.ask(model, by=people["pat"])
    return publishing.publish(model, by=people["edie"])


def line(code):
    return Outcome.objects.get(code=code, model__slug__startswith="own")


def test_the_impact_names_everything_before_anything_is_written(old, new, keeper, group, supplier, people):
    page = make_page("About X", keeper, model=old)
    make_page("About nothing", keeper)
    wanted = make_request(group, outcome=line("X"))
    commitment = make_commitment(supplier, by=people["cara"])
    commitment.outcome = line("Y")
    commitment.save()
    found = publishing.impact(new)
    assert found.pages == [page]
    assert {label: [words for words, _ in things] for label, things in found.things.items()} == {
        "requests": [wanted.title],
        "commitments": ["C-1: Staff volunteering"],
    }
    assert [one.code for one in found.measures] == ["M"]
    assert [one.code for one in found.dropped] == ["Z"]
    assert found.problems == []
    assert not ReviewTask.objects.exists()
    new.refresh_from_db()
    assert new.state == "draft"


def test_publishing_opens_a_task_for_each_owner_and_ends_the_version_before(
    old, new, keeper, sponsor, people, django_capture_on_commit_callbacks
):
    page = make_page("About X", keeper, model=old)
    with django_capture_on_commit_callbacks(execute=True):
        tasks = published(new, people)
    assert [(task.page_id, task.role) for task in tasks if task.page_id] == [(page.pk, keeper)]
    assert "The measure M of Own A has no successor" in [task.what for task in tasks]
    old.refresh_from_db()
    new.refresh_from_db()
    assert (new.state, new.published_by, str(old.valid_to)) == ("published", people["edie"], "2027-03-31")
    assert {m.to[0] for m in mail.outbox} == {"cara@example.org", "dee@example.org"}


def test_a_review_that_says_changed_closes_the_pages_task(old, new, keeper, people):
    from guidance.models import Review
    from guidance.upkeep import reviews

    page = make_page("About X", keeper, model=old)
    published(new, people)
    reviews.record(page, Review.Result.CHANGED, "Rewritten for B", by=people["cara"])
    task = ReviewTask.objects.get(page_id=page.pk)
    assert (task.closed_by, task.outcome) == (people["cara"], "Rewritten for B")


def test_a_version_is_published_once_and_only_when_everything_is_mapped(old, new, people):
    Mapping.objects.filter(source=line("Z")).delete()
    with pytest.raises(ValidationError, match="what becomes of Z"):
        published(new, people)
    Mapping.objects.create(source=line("Z"), relation="dropped")
    published(new, people)
    with pytest.raises(ValidationError, match="published already"):
        published(new, people)


def test_an_empty_version_or_one_after_a_draft_waits(old, new, people):
    empty = SocialValueModel.objects.create(
        slug="own-c", name="Own C", is_councils_own=True, valid_from="2028-01-01", previous=new
    )
    with pytest.raises(ValidationError) as refused:
        published(empty, people)
    assert "no outcomes yet" in " ".join(refused.value.messages)
    assert "is a draft" in " ".join(refused.value.messages)


def test_a_version_that_pages_rest_on_is_not_withdrawn(old, keeper, people):
    page = make_page("About X", keeper, model=old)
    with pytest.raises(ValidationError, match="About X"):
        publishing.withdraw(old, "Wrong", by=people["edie"])
    type(page).objects.update(model=None)
    with pytest.raises(ValidationError, match="Say why"):
        publishing.withdraw(old, " ", by=people["edie"])
    publishing.withdraw(old, "Wrong", by=people["edie"])
    old.refresh_from_db()
    assert old.state == "withdrawn"
    assert not Outcome.objects.choosable().filter(model=old).exists()


def test_lines_of_a_published_version_do_not_change_by_form_either(old, new):
    with pytest.raises(ValidationError, match="its lines don’t change"):
        lines.check(Outcome(), {"model": old, "level": "outcome", "parent": None})
    with pytest.raises(ValidationError, match="Make a new version"):
        lines.check(line("X"), {"model": new, "level": "outcome", "parent": None})
    with pytest.raises(ValidationError, match="line of another version"):
        lines.check(Outcome(), {"model": new, "level": "criterion", "parent": line("X")})


def read(amounts, target):
    found = versions.read(amounts, target)
    rows = {Outcome.objects.get(pk=pk).code: dict(value) for pk, value in found.amounts.items()}
    return rows, [(left.code, reason) for left, reason, _ in found.left_out], found.read_through


def test_figures_go_forward_by_shares_and_what_was_dropped_is_named(old, new):
    given = {line("X").pk: {"h": Decimal(10)}, line("Y").pk: {"h": Decimal(3)}, line("Z").pk: {"h": Decimal(2)}}
    rows, left_out, through = read(given, new)
    assert rows == {"P": {"h": Decimal("7.5")}, "Q": {"h": Decimal("2.5")}, "R": {"h": Decimal(3)}}
    assert left_out == [("Z", "No line of the later version takes it up")]
    assert through


def test_figures_go_backward_where_one_line_came_from_one(old, new):
    merged = SocialValueModel.objects.create(
        slug="own-c", name="Own C", is_councils_own=True, valid_from="2028-01-01", previous=new
    )
    for code in "ST":
        Outcome.objects.create(model=merged, code=code, title=code)
    mappings.read(merged, b"from,to,relation\nP,S,merged\nQ,S,merged\nR,T,same\n")
    rows, left_out, _ = read({line("S").pk: {"h": Decimal(8)}, line("T").pk: {"h": Decimal(1)}}, new)
    assert rows == {"R": {"h": Decimal(1)}}
    assert left_out == [("S", "Several lines of the earlier version were merged into it")]
    rows, _, _ = read({line("X").pk: {"h": Decimal(8)}}, merged)
    assert rows == {"S": {"h": Decimal(8)}}


def test_a_figure_read_in_its_own_version_came_through_nothing(old):
    assert read({line("X").pk: {"h": Decimal(1)}}, old) == ({"X": {"h": Decimal(1)}}, [], False)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(given_=st.lists(st.decimals(0, 10**6, places=2), min_size=3, max_size=3))
def test_nothing_is_lost_on_the_way(given_, old, new):
    amounts = {line(code).pk: {"h": amount} for code, amount in zip("XYZ", given_, strict=True)}
    found = versions.read(amounts, new)
    arrived = sum(value["h"] for value in found.amounts.values()) + sum(left["h"] for _, _, left in found.left_out)
    assert arrived == sum(given_)


def test_the_screen_shows_the_impact_and_publishes(old, new, keeper, people, client):
    from django.contrib.auth.models import Group

    make_page("About X", keeper, model=old)
    people["edie"].groups.add(Group.objects.get(name="Programme team"))
    client.force_login(people["edie"])
    path = f"/admin/social-value/{new.pk}/publish/"
    shown = client.get(path).content.decode()
    assert "Pages to rewrite: 1" in shown
    assert "Measures that vanish: 1" in shown
    client.post(path, {"publish": ""})
    new.refresh_from_db()
    assert new.state == "draft"  # nobody asked, so nobody is a second person
    assert "Ask a second person" in shown
    client.post(path, {"ask": ""})
    assert "You prepared it" in client.get(path).content.decode()
    assert client.post(path, {"publish": ""}).status_code == 422
    people["pat"].groups.add(Group.objects.get(name="Programme team"))
    client.force_login(people["pat"])
    assert "Edie asked for it" in client.get(path).content.decode()
    client.post(path, {"publish": ""})
    new.refresh_from_db()
    assert (new.state, new.published_by) == ("published", people["pat"])
    task = ReviewTask.objects.filter(page__isnull=False).get()
    client.post(f"/admin/tasks/{task.pk}/close/", {"words": "Done"})
    task.refresh_from_db()
    assert task.outcome == "Done"


def test_a_leader_reads_and_publishes_nothing(new, people, client):
    client.force_login(people["dee"])
    assert client.get(f"/admin/social-value/{new.pk}/").status_code == 200
    client.post(f"/admin/social-value/{new.pk}/publish/")
    new.refresh_from_db()
    assert new.state == "draft"


def test_the_matrix_is_saved_as_ticked(people, client):
    from django.contrib.auth.models import Group

    own = SocialValueModel.objects.get(is_councils_own=True)
    central = SocialValueModel.objects.get(slug="central-2025")
    people["edie"].groups.add(Group.objects.get(name="Programme team"))
    client.force_login(people["edie"])
    priority, outcome = own.outcomes.get(code="2"), central.outcomes.get(code="Outcome 6")
    stranger = central.outcomes.get(code="1a")  # a criterion: no cell of the matrix
    path = f"/admin/social-value/priorities/?own={own.pk}&model={central.pk}"
    client.post(path, {"mark": [f"{outcome.pk}-{priority.pk}", f"{stranger.pk}-{priority.pk}", "x"]})
    assert [(mark.outcome, mark.priority) for mark in outcome.serves.all()] == [(outcome, priority)]
    assert not stranger.serves.exists()
    assert "Serves: Tackling health inequality" in client.get("/social-value-models/central-2025/").content.decode()
    client.post(path, {})
    assert not outcome.serves.exists()


def programme_team(people, client):
    from django.contrib.auth.models import Group

    people["edie"].groups.add(Group.objects.get(name="Programme team"))
    client.force_login(people["edie"])


def test_what_is_published_is_neither_edited_nor_deleted_on_any_screen(people, client):
    programme_team(people, client)
    published = Outcome.objects.get(model__slug="central-2025", code="1b")
    mapping = Mapping.objects.filter(target__model__slug="central-2025").first()
    for path in (f"model_line/delete/{published.pk}", f"model_mapping/delete/{mapping.pk}"):
        client.post(f"/admin/{path}/")
    form = {
        "source": "",
        "target": Outcome.objects.get(code="SK").pk,
        "relation": "new",
        "share": 100,
        "confidence": "C",
    }
    client.post(f"/admin/model_mapping/edit/{mapping.pk}/", form)
    assert Outcome.objects.filter(pk=published.pk).exists()
    assert Mapping.objects.get(pk=mapping.pk).relation == mapping.relation
    draft = Outcome.objects.get(code="SK-1")
    Mapping.objects.filter(target=draft).delete()
    client.post(f"/admin/model_line/delete/{draft.pk}/")
    assert not Outcome.objects.filter(pk=draft.pk).exists()


def test_a_published_version_keeps_its_place_in_the_row(old, new):
    old.previous = new
    with pytest.raises(ValidationError, match="published"):
        old.full_clean()
    old.refresh_from_db()
    old.valid_from = "2029-01-01"
    with pytest.raises(ValidationError, match="doesn’t change any more"):
        old.full_clean()


def test_a_circle_of_versions_ends(old, new):
    SocialValueModel.objects.filter(pk=old.pk).update(previous=new)
    assert {model.pk for model in versions.chain(new)} == {old.pk, new.pk}


def test_shares_typed_into_a_form_add_up_too(old, new, people):
    Mapping.objects.filter(source=line("X")).update(share=30)
    with pytest.raises(ValidationError, match="add up to 60"):
        published(new, people)


def test_a_draft_that_rests_on_a_version_keeps_it_from_being_withdrawn(old, keeper, people):
    page = make_page("About X", keeper, live=False)
    page.model = old
    page.save_revision()
    with pytest.raises(ValidationError, match="About X"):
        publishing.withdraw(old, "Wrong", by=people["edie"])


def test_a_decision_is_recorded_and_not_rewritten(people, client):
    from guidance.models import Decision, GovernanceGroup

    programme_team(people, client)
    group = GovernanceGroup.objects.create(name="G", slug="g", purpose="x")
    decision = Decision.objects.create(group=group, decision="Yes")
    form = {"group": group.pk, "decided_on": "2026-01-01", "decision": "No", "reason": ""}
    client.post(f"/admin/decision/edit/{decision.pk}/", form)
    decision.refresh_from_db()
    assert decision.decision == "Yes"
    client.post("/admin/decision/new/", form)
    assert Decision.objects.count() == 2
