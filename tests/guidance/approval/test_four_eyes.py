"""Nobody publishes alone: whoever wrote a change can't approve it, whatever their rights."""

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.exceptions import PermissionDenied
from wagtail.models import Page, Revision, Workflow

from guidance.approval import four_eyes
from guidance.models import Picture
from guidance.pages.types import GuidancePage
from marketplace.models import HomePage
from organisations.models import User
from tests.conftest import make_page, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(keeper, sponsor, people):
    """A live page owned by cara's role that edie has changed."""
    page = make_page("Advice", keeper)
    page.title = "Better advice"
    page.save_revision(user=people["edie"])
    return page


def submit(page, by):
    Workflow.objects.get(name="Approval by the owner").start(page, by)
    return page.current_workflow_task_state


def title(page):
    return Page.objects.get(pk=page.pk).title


def test_the_owner_approves_and_the_page_goes_live(page, people):
    state = submit(page, people["edie"])
    state.task.specific.on_action(state, people["cara"], "approve")
    assert title(page) == "Better advice"


@pytest.mark.parametrize("who", ["edie", "mo", "pat", "alice"])
def test_neither_author_nor_stranger_approves(who, page, people):
    state = submit(page, people["edie"])
    task = state.task.specific
    assert task.get_actions(page, people[who]) == []
    with pytest.raises(PermissionDenied):
        task.on_action(state, people[who], "approve")
    assert title(page) == "Advice"


def test_an_owner_who_wrote_it_waits_for_somebody_else(page, people):
    page.save_revision(user=people["cara"])
    state = submit(page, people["edie"])
    task = state.task.specific
    assert task.get_actions(page, people["cara"]) == []
    assert task.get_actions(page, people["dee"]) != []  # the sponsor stands in


def test_submitting_somebody_elses_words_makes_nobody_their_approver(keeper, sponsor, people):
    page = make_page("Advice", keeper)
    page.save_revision(user=people["edie"])
    state = submit(page, people["cara"])
    with pytest.raises(PermissionDenied):
        state.task.specific.on_action(state, people["cara"], "approve")


def test_what_was_published_before_binds_nobody(page, people):
    state = submit(page, people["edie"])
    state.task.specific.on_action(state, people["cara"], "approve")
    page = GuidancePage.objects.get(pk=page.pk)
    page.save_revision(user=people["mo"])
    assert four_eyes.authors(page) == {people["mo"].pk}
    assert four_eyes.may_approve(page, people["cara"])


@pytest.fixture
def root(db):
    return User.objects.create_superuser("root@example.org", "x", name="Root")


def test_not_even_a_superuser_publishes_alone(page, root, client):
    assert not page.permissions_for_user(root).can_publish()
    assert not HomePage.objects.get().permissions_for_user(root).can_publish_subpage()
    client.force_login(root)
    form = {
        "title": "Mine alone",
        "slug": "advice",
        "introduction": "x",
        "audience": "everyone",
        "body-count": 0,
        "owner_role": page.owner_role_id,
        "deputy_role": "",
        "review_months": 6,
        "model": "",
        "seo_title": "",
        "search_description": "",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "comments-MIN_NUM_FORMS": 0,
        "comments-MAX_NUM_FORMS": "",
        "action-publish": "action-publish",
    }
    client.post(f"/admin/pages/{page.pk}/edit/", form)
    assert title(page) == "Advice"
    client.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}", {})
    assert title(page) == "Advice"
    section = page.get_parent()
    client.post(f"/admin/pages/add/guidance/guidancepage/{section.pk}/", form | {"slug": "alone", "title": "Alone"})
    assert not Page.objects.live().filter(slug="alone").exists()


def test_a_superuser_approves_what_somebody_else_wrote(page, root, people):
    state = submit(page, people["edie"])
    state.task.specific.on_action(state, root, "approve")
    assert title(page) == "Better advice"


def test_an_approver_who_changes_a_word_becomes_an_author(page, people):
    state = submit(page, people["edie"])
    page.save_revision(user=people["cara"])
    with pytest.raises(PermissionDenied):
        state.task.specific.on_action(state, people["cara"], "approve")


def test_the_owner_is_asked_by_e_mail(page, people, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        submit(page, people["edie"])
    assert [(m.to, m.subject) for m in mail.outbox] == [(["cara@example.org"], "Please approve: Advice")]


def test_a_change_that_nobody_may_approve_is_not_left_lying(people, sponsor, django_capture_on_commit_callbacks):
    page = make_page("Advice", sponsor)
    page.save_revision(user=people["dee"])
    with django_capture_on_commit_callbacks(execute=True):
        submit(page, people["dee"])
    assert [(m.to, m.subject) for m in mail.outbox] == [(["dee@example.org"], "Nobody can approve: Advice")]


def test_pages_to_approve_stand_on_the_owners_own_page(page, people, client):
    submit(page, people["edie"])
    client.force_login(people["cara"])
    assert "Approve a page, or return it" in client.get("/account/").content.decode()
    assert "Better advice" in client.get("/admin/").content.decode()
    client.force_login(people["mo"])
    assert "Approve a page" not in client.get("/account/").content.decode()


def test_the_owner_approves_in_the_admin_without_any_right_to_edit(page, people, client):
    state = submit(page, people["edie"])
    client.force_login(people["cara"])
    shown = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "Approve" in shown
    client.post(f"/admin/pages/workflow/action/{page.pk}/approve/{state.pk}/", {"comment": "Good"})
    assert title(page) == "Better advice"


def test_editors_edit_their_own_section_only(keeper, people, client):
    from marketplace.roles import apply_roles

    shelf = make_section("guidance")
    mine, other = make_section("procurement", shelf), make_section("suppliers", shelf)
    apply_roles()
    people["charlie"].groups.add(Group.objects.get(name="Procurement guidance editors"))
    mine, other = (
        make_page(f"Page of {section.slug}", keeper, section=section, slug="page") for section in (mine, other)
    )
    charlie = User.objects.get(pk=people["charlie"].pk)
    assert mine.permissions_for_user(charlie).can_edit()
    assert not other.permissions_for_user(charlie).can_edit()
    client.force_login(charlie)
    assert client.get(f"/admin/pages/{mine.pk}/edit/").status_code == 200
    assert client.get(f"/admin/pages/{other.pk}/edit/").status_code == 302


def test_a_role_whose_holder_lost_access_owns_no_page(keeper, people):
    from django.core.exceptions import ValidationError

    page = make_page("Advice", keeper)
    people["cara"].groups.clear()
    with pytest.raises(ValidationError, match="can’t enter the staff admin"):
        GuidancePage.objects.get(pk=page.pk).full_clean()


def test_the_deputy_is_another_role(keeper):
    from django.core.exceptions import ValidationError

    page = make_page("Advice", keeper)
    page.deputy_role = keeper
    with pytest.raises(ValidationError, match="another role"):
        page.full_clean()


def test_another_workflow_is_no_way_round(page, root):
    from wagtail.models import GroupApprovalTask, WorkflowPage, WorkflowTask

    task = GroupApprovalTask.objects.create(name="Rubber stamp")
    workflow = Workflow.objects.create(name="Short cut")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(page=page, workflow=workflow)
    page.title = "Alone"
    page.save_revision(user=root)
    workflow.start(page, root)
    state = page.current_workflow_task_state
    with pytest.raises(PermissionDenied):
        state.task.specific.on_action(state, root, "approve")
    assert title(page) == "Advice"


def test_nothing_is_copied_to_the_trees_root(page, root, client):
    tree = Page.objects.get(depth=1)
    assert not GuidancePage.can_exist_under(tree)
    assert HomePage.can_exist_under(tree)
    form = {"new_title": "Alone", "new_slug": "alone", "new_parent_page": tree.pk, "publish_copies": "on"}
    client.force_login(root)
    client.post(f"/admin/pages/{page.pk}/copy/", form)
    assert not Page.objects.filter(slug="alone").exists()


def test_a_page_is_returned_with_a_reason_or_not_at_all(page, people, client):
    state = submit(page, people["edie"])
    client.force_login(people["cara"])
    path = f"/admin/pages/workflow/action/{page.pk}/reject/{state.pk}/"
    client.post(path, {"comment": ""})
    assert page.current_workflow_task_state == state
    assert state.workflow_state.status == "in_progress"
    client.post(path, {"comment": "Say who pays"})
    state.refresh_from_db()
    assert (state.status, state.comment) == ("rejected", "Say who pays")


def test_what_broke_while_it_waited_can_only_be_returned(page, people):
    from guidance.models import SocialValueModel

    page.model = SocialValueModel.objects.get(slug="central-2025")
    page.save_revision(user=people["edie"])
    state = submit(page, people["edie"])
    SocialValueModel.objects.filter(slug="central-2025").update(state="withdrawn")
    task = state.task.specific
    assert [name for name, *_ in task.get_actions(page, people["cara"])] == ["reject"]
    with pytest.raises(PermissionDenied):
        task.on_action(state, people["cara"], "approve")


def test_editors_may_add_pictures_and_documents(people, client):
    client.force_login(people["edie"])
    for address in ("/admin/images/add/", "/admin/documents/multiple/add/"):
        assert 'type="file"' in client.get(address).content.decode()
    client.force_login(people["mo"])
    assert client.get("/admin/images/add/").status_code == 302
    assert client.post("/admin/images/add/", {"title": "Hall"}).status_code == 302
    assert not Picture.objects.exists()


def test_bringing_back_old_words_brings_back_their_author(page, people):
    old = page.save_revision(user=people["cara"])
    state = submit(page, people["edie"])
    state.task.specific.on_action(state, people["dee"], "approve")
    page = GuidancePage.objects.get(pk=page.pk)
    page.title = "Newer still"
    page.save_revision(user=people["mo"])
    state = submit(page, people["mo"])
    state.task.specific.on_action(state, people["dee"], "approve")
    page = Revision.objects.get(pk=old.pk).as_object()
    page.save_revision(user=people["edie"], previous_revision=old, log_action=True)
    page = GuidancePage.objects.get(pk=page.pk)
    assert four_eyes.authors(page) == {people["edie"].pk, people["cara"].pk}
    assert not four_eyes.may_approve(page, people["cara"])


def test_an_approver_without_rights_is_led_back_to_the_staff_front_page(page, people, client):
    state = submit(page, people["edie"])
    client.force_login(people["cara"])
    gone = client.post(f"/admin/pages/workflow/action/{page.pk}/approve/{state.pk}/", {"comment": "Good"}, follow=True)
    assert gone.redirect_chain == [("/admin/", 302)]


def test_whoever_opens_a_returned_page_reads_why(page, people, client):
    state = submit(page, people["edie"])
    client.force_login(people["cara"])
    address = f"/admin/pages/workflow/action/{page.pk}/reject/{state.pk}/"
    client.post(address, {"comment": "Say where to send it"})
    client.force_login(people["edie"])
    shown = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "cara returned this: Say where to send it" in shown.replace("Cara", "cara")
