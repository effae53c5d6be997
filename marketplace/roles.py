"""Who may do what in the staff admin: one table, applied after every migration and safe to apply again."""

from urllib.parse import urlsplit


def can(actions, models, app="guidance"):
    """Permissions as app_label.codename: can("view add", "role") gives guidance.view_role and guidance.add_role."""
    return [f"{app}.{action}_{model}" for model in models.split() for action in actions.split()]


# Everybody here may enter the staff admin. Guidance editors see all of what keeps a page in order.
EDITING = [
    *can("view", "review pageanswer role governancegroup decision auditfinding action socialvaluemodel reviewtask"),
]
ROLES = {
    "Moderators": [
        "organisations.view_organisation",
        "organisations.change_organisation",
        "requests_app.view_request",
        "requests_app.add_request",
        "requests_app.change_request",
        "requests_app.publish_request",
        "requests_app.view_pledge",
        *can("view change", "question report", "talking"),
        *can("view change", "offer", "offers"),
    ],
    "Contract managers": [
        "offers.view_offer",
        *can("view add", "assessment", "performance"),
        "assurance.view_sample",
        "organisations.view_organisation",
        "requests_app.view_pledge",
        "requests_app.change_pledge",
        "requests_app.view_delivery",
        "requests_app.change_delivery",
        "suppliers.view_contract",
        "suppliers.change_contract",
        *can("view add change delete", "contractparty", "suppliers"),
        "suppliers.view_commitment",
        "suppliers.add_commitment",
        "suppliers.change_commitment",
        *can("view change", "return", "returns"),
        "importing.view_importrun",
        "golden_thread.add_threadlink",
    ],
    "Procurement officers": [
        "offers.view_offer",
        "performance.view_assessment",
        *can("view change", "sample", "assurance"),
        "organisations.view_organisation",
        "requests_app.view_pledge",
        "requests_app.view_delivery",
        "suppliers.view_contract",
        "suppliers.add_contract",
        "suppliers.change_contract",
        *can("view add change delete", "contractparty", "suppliers"),
        "suppliers.view_commitment",
        "suppliers.add_commitment",
        "suppliers.change_commitment",
        "returns.view_return",
        "importing.view_importrun",
        "importing.add_importrun",
        "golden_thread.add_threadlink",
    ],
    "Brokers": [
        "offers.view_offer",
        *can("view change", "proposal weightschange", "matching"),
        *can("view", "need countsas", "vocabulary"),
        "organisations.view_organisation",
        "requests_app.view_request",
        "requests_app.view_pledge",
        "requests_app.view_delivery",
        "suppliers.view_contract",
        "suppliers.view_commitment",
    ],
    "Guidance editors": EDITING,
    "Requestor guidance editors": EDITING,
    "Supplier guidance editors": EDITING,
    "Procurement guidance editors": EDITING,
    "Contract guidance editors": EDITING,
    "Programme team": [
        "offers.view_offer",
        "offers.change_referrer",
        "organisations.change_campaign",
        "performance.view_assessment",
        *can("view add", "paper", "reports"),
        *can("view add change", "sample", "assurance"),
        *EDITING,
        *can("view add change", "role governancegroup decision auditfinding action socialvaluemodel outcome mapping"),
        *can("view change", "reviewtask reviewrhythm"),
        *can("change", "look", "marketplace"),
        *can("view add change", "council district", "places"),
        *can("view add change delete", "need countsas", "vocabulary"),
        *can("view", "proposal weightschange", "matching"),
        *can("view change", "message", "mail"),
        *can("view add change", "officer trainingsession partnerrules", "golden_thread"),
        *can("view add", "snapshot", "golden_thread"),
        *can("view add", "importrun", "importing"),
        "guidance.delete_outcome",
        "guidance.delete_mapping",
        "organisations.view_organisation",
        "requests_app.view_pledge",
        "requests_app.view_delivery",
        "suppliers.view_contract",
        "suppliers.view_commitment",
        "returns.view_return",
    ],
    "Leaders": [
        "offers.view_offer",
        "performance.view_assessment",
        "reports.view_paper",
        "assurance.view_sample",
        "matching.view_proposal",
        *can("view", "role governancegroup decision auditfinding action socialvaluemodel reviewtask review pageanswer"),
        "organisations.view_organisation",
        "requests_app.view_pledge",
        "requests_app.view_delivery",
        "suppliers.view_contract",
        "suppliers.view_commitment",
        "returns.view_return",
        "golden_thread.view_snapshot",
    ],
}

# {role: {path from the front page: rights on that page and everything under it}}. Nobody publishes alone: here
# "publish" means taking a page down and ordering pages; see guidance/approval/who.py.
WRITE, KEEP = ["add_page", "change_page"], ["add_page", "change_page", "lock_page", "unlock_page", "publish_page"]
PAGE_RIGHTS = {
    "Guidance editors": {"/": WRITE},
    "Requestor guidance editors": {"/guidance/requestors/": WRITE},
    "Supplier guidance editors": {"/guidance/suppliers/": WRITE},
    "Procurement guidance editors": {"/guidance/procurement/": WRITE},
    "Contract guidance editors": {"/guidance/contract-managers/": WRITE},
    "Programme team": {"/": KEEP},
}


def apply_roles(using="default", **kwargs):
    """Bring groups, their permissions and the workflows in line with the tables above. Safe to run again.

    Returns the rights of the table that do not exist: none, but for a slip, or while tables are still being made.
    """
    from django.contrib.auth.models import Group, Permission

    enter, unknown = Permission.objects.filter(codename="access_admin"), []
    for name, rights in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        wanted = list(enter)
        for right in rights:
            label, codename = right.split(".")
            found = list(Permission.objects.filter(content_type__app_label=label, codename=codename))
            wanted += found
            unknown += [] if found else [right]
        group.permissions.set(wanted)
        _apply_page_rights(group, PAGE_RIGHTS.get(name, {}))
    _apply_collection_rights()
    _apply_workflows()
    _apply_address()
    return unknown


def _apply_address():
    """Wagtail's site stands at SITE_URL, so that the site map and full addresses are right."""
    from django.conf import settings
    from wagtail.models import Site

    parts = urlsplit(settings.SITE_URL)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    for site in Site.objects.filter(is_default_site=True).exclude(hostname=parts.hostname, port=port):
        site.hostname, site.port = parts.hostname, port
        site.save()


def _apply_page_rights(group, rights):
    """Exactly these page permissions; a section that does not exist yet is left for the next time."""
    from django.contrib.auth.models import Permission
    from wagtail.models import GroupPagePermission, Page, Site

    wanted = set()
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    root = site.root_page.url_path.rstrip("/") if site else ""
    found = {path: Page.objects.filter(depth__gte=2, url_path=f"{root}{path}").first() for path in rights}
    if not all(found.values()) and GroupPagePermission.objects.filter(group=group).exists():
        return  # a section was renamed or is not there yet: nobody loses rights by that
    for path, codenames in rights.items():
        page = found[path]
        for permission in Permission.objects.filter(codename__in=codenames, content_type__model="page") if page else []:
            wanted.add((page.pk, permission.pk))
    kept = set()
    for row in GroupPagePermission.objects.filter(group=group):
        if (row.page_id, row.permission_id) in wanted:
            kept.add((row.page_id, row.permission_id))
        else:
            row.delete()
    for page, permission in sorted(wanted - kept):
        GroupPagePermission.objects.create(group=group, page_id=page, permission_id=permission)


def _apply_collection_rights():
    """Whoever writes pages may add and choose pictures and documents."""
    from django.contrib.auth.models import Group, Permission
    from wagtail.models import Collection, GroupCollectionPermission

    root = Collection.objects.filter(depth=1).first()
    # Wagtail asks for the rights of its own image and document models, whatever models a site uses.
    rights = Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"],
        codename__in=[
            "add_image",
            "choose_image",
            "change_image",
            "add_document",
            "choose_document",
            "change_document",
        ],
    )
    GroupCollectionPermission.objects.filter(group__name__in=set(ROLES) - set(PAGE_RIGHTS)).delete()
    for group in Group.objects.filter(name__in=PAGE_RIGHTS) if root else []:
        for permission in rights:
            GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
    Group.objects.filter(name="Editors", user=None).delete()  # Wagtail's own example, with rights over every page


def _apply_workflows():
    """Requests go to the moderators, pages to the role that owns them."""
    from django.contrib.auth.models import Group
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Page, Task, TaskState, Workflow, WorkflowContentType, WorkflowPage, WorkflowTask

    from guidance.approval.task import OwnerApproval
    from requests_app.models import Request, RequestModeration

    requests, _ = Workflow.objects.get_or_create(name="Requests", defaults={"active": True})
    task, made = RequestModeration.objects.get_or_create(name="Moderation of requests", defaults={"active": True})
    if made:
        task.groups.set(Group.objects.filter(name="Moderators"))
        earlier = Task.objects.filter(name="Moderate a request")  # what moderators answered before this task
        TaskState.objects.filter(
            workflow_state__workflow=requests, task__in=earlier, status=TaskState.STATUS_IN_PROGRESS
        ).update(task=task)
        WorkflowTask.objects.filter(workflow=requests, task__in=earlier).delete()
    WorkflowTask.objects.get_or_create(workflow=requests, task=task, defaults={"sort_order": 1})
    WorkflowContentType.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(Request), defaults={"workflow": requests}
    )
    pages, _ = Workflow.objects.get_or_create(name="Approval by the owner", defaults={"active": True})
    approval, _ = OwnerApproval.objects.get_or_create(name="Owner’s approval", defaults={"active": True})
    WorkflowTask.objects.get_or_create(workflow=pages, task=approval, defaults={"sort_order": 1})
    root = Page.objects.filter(depth=1).first()
    if root:
        WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": pages})
