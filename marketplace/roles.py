"""Who may do what in the staff admin: one table, applied after every migration and safe to apply again."""

# Permissions are app_label.codename. Everybody here may enter the staff admin.
ROLES = {
    "Moderators": [
        "organisations.view_organisation",
        "organisations.change_organisation",
        "requests_app.view_request",
        "requests_app.add_request",
        "requests_app.change_request",
        "requests_app.publish_request",
        "requests_app.view_pledge",
    ],
    "Contract managers": [
        "organisations.view_organisation",
        "requests_app.view_pledge",
        "requests_app.change_pledge",
        "requests_app.view_delivery",
        "requests_app.change_delivery",
        "suppliers.view_contract",
        "suppliers.change_contract",
        "suppliers.view_commitment",
        "suppliers.add_commitment",
        "suppliers.change_commitment",
        "suppliers.view_importrun",
    ],
    "Procurement officers": [
        "organisations.view_organisation",
        "requests_app.view_pledge",
        "requests_app.view_delivery",
        "suppliers.view_contract",
        "suppliers.add_contract",
        "suppliers.change_contract",
        "suppliers.view_commitment",
        "suppliers.add_commitment",
        "suppliers.change_commitment",
        "suppliers.view_importrun",
        "suppliers.add_importrun",
    ],
    "Guidance editors": ["guidance.view_download", "guidance.add_download", "guidance.add_picture"],
    "Leaders": [
        "organisations.view_organisation",
        "requests_app.view_pledge",
        "requests_app.view_delivery",
        "suppliers.view_contract",
        "suppliers.view_commitment",
    ],
}
PAGE_RIGHTS = {"Guidance editors": ["add_page", "change_page", "publish_page"]}


def apply_roles(using="default", **kwargs):
    """Bring groups, their permissions and the requests' workflow in line with the table above."""
    from django.contrib.auth.models import Group, Permission
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import (
        GroupApprovalTask,
        GroupPagePermission,
        Page,
        Workflow,
        WorkflowContentType,
        WorkflowTask,
    )

    from requests_app.models import Request

    enter = Permission.objects.filter(codename="access_admin")
    for name, rights in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        wanted = list(enter)
        for right in rights:
            label, codename = right.split(".")
            wanted += Permission.objects.filter(content_type__app_label=label, codename=codename)
        group.permissions.set(wanted)
        root = Page.objects.filter(depth=1).first()
        for codename in PAGE_RIGHTS.get(name, []):
            permission = Permission.objects.filter(codename=codename, content_type__model="page").first()
            if root and permission:
                GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)

    workflow, _ = Workflow.objects.get_or_create(name="Requests", defaults={"active": True})
    task, made = GroupApprovalTask.objects.get_or_create(name="Moderate a request", defaults={"active": True})
    if made:
        task.groups.set(Group.objects.filter(name="Moderators"))
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 1})
    WorkflowContentType.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(Request), defaults={"workflow": workflow}
    )
