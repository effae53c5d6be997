"""What our screens share: the staff frame's words, who may see them, and errors of a verb put back on its form."""

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, BadRequest, PermissionDenied, ValidationError
from django.http import HttpResponse
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from words.numbers import numbers


def frame(title, icon, *crumbs, here=""):
    """Context of Wagtail's generic frame; crumbs are (url, label) from the home page down to `here`, else the title."""
    items = [{"url": reverse("wagtailadmin_home"), "label": "Home"}]
    items += [{"url": url, "label": label} for url, label in crumbs]
    return {
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [*items, {"url": "", "label": here or title}],
    }


def require(user, permission):
    """PermissionDenied unless the user's role carries the permission."""
    if not user.has_perm(permission):
        raise PermissionDenied


def pressed(request, *names):
    """Which of the buttons `names` sent a form; BadRequest (400) for none or several: no verb is the default."""
    found = [name for name in names if name in request.POST]
    if len(found) != 1:
        raise BadRequest("Press one of the buttons.")
    return found[0]


def log_words(room, words):
    """Register what the site history says for each action of a room: {action: words}."""

    def register(actions):
        for action, said in words.items():
            actions.register_action(f"{room}.{action}", said, said)

    hooks.register("register_log_actions", register)


class PermittedItem(MenuItem):
    """A menu item for whoever has a permission."""

    def __init__(self, *args, permission, **kwargs):
        self.permission = permission
        super().__init__(*args, **kwargs)

    def is_shown(self, request):
        return request.user.has_perm(self.permission)


def asked_for(rows, number):
    """The row whose number stands in an address, or None; whatever else stands there is no number."""
    return rows.filter(pk__in=numbers([number])).first()


def csv_file(text, name):
    """CSV text as a file that spreadsheets read as UTF-8."""
    response = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def carry_out(request, verb, done):
    """Call `verb()`, and say above the next page that it is `done`, or why it was refused."""
    try:
        verb()
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, done)


def put_errors(form, refused):
    """Put a verb's ValidationError on the fields it names, and the rest above the form."""
    if not hasattr(refused, "error_dict"):
        form.add_error(None, refused)
        return
    for name, errors in refused.error_dict.items():
        form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, errors)
