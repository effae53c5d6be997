"""What every staff screen of ours shares: the frame's words, and errors of a verb put back on its form."""

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.urls import reverse


def frame(title, icon, *crumbs):
    """Context of Wagtail's generic frame; crumbs are (url, label) from the home page down."""
    items = [{"url": reverse("wagtailadmin_home"), "label": "Home"}]
    items += [{"url": url, "label": label} for url, label in crumbs]
    return {
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [*items, {"url": "", "label": title}],
    }


def require(user, permission):
    """PermissionDenied unless the user's role carries the permission."""
    if not user.has_perm(permission):
        raise PermissionDenied


def put_errors(form, refused):
    """Put a verb's ValidationError on the fields it names, and the rest above the form."""
    if not hasattr(refused, "error_dict"):
        form.add_error(None, refused)
        return
    for name, errors in refused.error_dict.items():
        form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, errors)
