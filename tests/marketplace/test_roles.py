"""The table of roles and rights, role by role: applied as written, twice without a change."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Workflow, WorkflowPage, WorkflowTask

from marketplace import roles
from requests_app import moderation
from requests_app.models import Request, RequestModeration
from tests.conftest import make_page, make_request, make_section, make_user

pytestmark = pytest.mark.django_db


def rights(group):
    rows = Group.objects.get(name=group).permissions.select_related("content_type")
    return {f"{permission.content_type.app_label}.{permission.codename}" for permission in rows}


@pytest.mark.parametrize("role", roles.ROLES)
def test_each_role_has_the_rights_of_its_row_and_no_other(role):
    assert rights(role) == {"wagtailadmin.access_admin", *roles.ROLES[role]}


@pytest.mark.parametrize("role", roles.ROLES)
def test_every_right_named_is_a_right_that_exists(role):
    for right in roles.ROLES[role]:
        label, codename = right.split(".")
        assert Permission.objects.filter(content_type__app_label=label, codename=codename).count() == 1, right


def state():
    return (
        sorted(GroupPagePermission.objects.values_list("group__name", "page_id", "permission__codename")),
        {name: rights(name) for name in roles.ROLES},
        sorted(WorkflowPage.objects.values_list("page_id", "workflow__name")),
        sorted(Workflow.objects.values_list("name", "workflow_tasks__task__name")),
    )


def test_applying_twice_changes_nothing_and_mends_what_was_changed_by_hand():
    roles.apply_roles()
    before = state()
    roles.apply_roles()
    assert state() == before
    group = Group.objects.get(name="Moderators")
    group.permissions.clear()
    home = Page.objects.get(depth=2)
    publish = Permission.objects.get(codename="publish_page", content_type__model="page")
    GroupPagePermission.objects.create(group=group, page=home, permission=publish)
    roles.apply_roles()
    assert state() == before


def test_a_right_that_does_not_exist_is_said_aloud(monkeypatch):
    assert roles.apply_roles() == []
    monkeypatch.setitem(roles.ROLES, "Moderators", ["talking.chnage_question"])
    with pytest.raises(CommandError, match="no such rights: talking"):
        call_command("apply_roles")


# role: (adds and changes guidance under procurement, adds and changes it under suppliers, takes pages down)
PAGES = {
    "Moderators": (False, False, False),
    "Contract managers": (False, False, False),
    "Procurement officers": (False, False, False),
    "Brokers": (False, False, False),
    "Guidance editors": (True, True, False),
    "Requestor guidance editors": (False, False, False),
    "Supplier guidance editors": (False, True, False),
    "Procurement guidance editors": (True, False, False),
    "Contract guidance editors": (False, False, False),
    "Programme team": (True, True, True),
    "Leaders": (False, False, False),
}


def test_every_role_is_tried_on_pages():
    assert set(PAGES) == set(roles.ROLES)


@pytest.mark.parametrize("role", PAGES)
def test_who_edits_which_section(role, keeper):
    shelf = make_section("guidance")
    sections = {slug: make_section(slug, shelf) for slug in ("procurement", "suppliers")}
    pages = {slug: make_page(slug, keeper, section=section) for slug, section in sections.items()}
    roles.apply_roles()
    user = make_user("somebody", role)
    buyers, suppliers = (pages[slug].permissions_for_user(user) for slug in ("procurement", "suppliers"))
    assert (buyers.can_edit(), suppliers.can_edit(), buyers.can_unpublish()) == PAGES[role]
    assert not buyers.can_publish()
    adds = [sections[slug].permissions_for_user(user).can_add_subpage() for slug in ("procurement", "suppliers")]
    assert adds == list(PAGES[role][:2])


# role: staff screens of governance it may open
SCREENS = {
    "/admin/snippets/guidance/role/": {"Programme team", "Leaders", *[r for r in PAGES if "uidance editors" in r]},
    "/admin/snippets/guidance/role/add/": {"Programme team"},
    "/admin/snippets/guidance/governancegroup/add/": {"Programme team"},
    "/admin/action/new/": {"Programme team"},
    "/admin/audit_finding/new/": {"Programme team"},
    "/admin/decision/new/": {"Programme team"},
    "/admin/social_value_model/new/": {"Programme team"},
    "/admin/model_line/new/": {"Programme team"},
    "/admin/model_mapping/new/": {"Programme team"},
    "/admin/council/new/": {"Programme team"},
    "/admin/settings/guidance/reviewrhythm/": {"Programme team"},
    "/admin/guidance-health/": {"Programme team", "Leaders", *[r for r in PAGES if "uidance editors" in r]},
    "/admin/audit-progress/": {"Programme team", "Leaders", *[r for r in PAGES if "uidance editors" in r]},
    "/admin/page_answer/": {"Programme team", "Leaders", *[r for r in PAGES if "uidance editors" in r]},
}


@pytest.mark.parametrize("role", PAGES)
def test_who_opens_which_screen(role, client):
    client.force_login(make_user("somebody", role))
    opened = {path for path in SCREENS if client.get(path, follow=False).status_code == 200}
    # a setting's address leads on to its one row
    if client.get("/admin/settings/guidance/reviewrhythm/", follow=True).redirect_chain[-1:] != [("/admin/", 302)]:
        opened.add("/admin/settings/guidance/reviewrhythm/")
    assert opened == {path for path, allowed in SCREENS.items() if role in allowed}


def test_a_renamed_section_costs_nobody_their_rights(keeper):
    shelf = make_section("guidance")
    section = make_section("suppliers", shelf)
    page = make_page("Page", keeper, section=section)
    roles.apply_roles()
    user = make_user("somebody", "Supplier guidance editors")
    section.slug = "businesses"
    section.save()
    roles.apply_roles()
    page = type(page).objects.get(pk=page.pk)
    assert page.permissions_for_user(user).can_edit()


def test_the_site_stands_at_its_own_address(settings):
    from wagtail.models import Site

    settings.SITE_URL = "https://market.council.gov.uk"
    roles.apply_roles()
    assert Site.objects.get(is_default_site=True).root_url == "https://market.council.gov.uk"


def test_what_was_in_moderation_before_is_answered_once(group, people):
    request = make_request(group, live=False)
    earlier = GroupApprovalTask.objects.create(name="Moderate a request")
    earlier.groups.add(Group.objects.get(name="Moderators"))
    workflow = Workflow.objects.get(name="Requests")
    RequestModeration.objects.all().delete()
    WorkflowTask.objects.filter(workflow=workflow).delete()
    WorkflowTask.objects.create(workflow=workflow, task=earlier)
    moderation.submit(request, by=people["alice"])
    roles.apply_roles()
    state = Request.objects.get(pk=request.pk).current_workflow_task_state
    assert isinstance(state.task.specific, RequestModeration)
    state.task.specific.on_action(state, people["mo"], "approve")
    assert Request.objects.get(pk=request.pk).live
