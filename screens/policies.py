"""Staff screens whose changes go through verbs, never through a plain form: their lists and permissions."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn
from wagtail.admin.views.generic import IndexView
from wagtail.permission_policies import ModelPermissionPolicy

from words.cells import guard


class ShownIsExported:
    """For a list: CSV and XLSX hold what it shows, its columns by their names, every row that the filter lets through.

    Formulas are taken out where Wagtail writes the cells (marketplace/exports.py).
    """

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        shown = [column for column in self.columns if not isinstance(column, BulkActionsCheckboxColumn)]
        self.exported = {column.name: column for column in shown}
        self.list_export = list(self.exported)
        self.is_export = bool(self.list_export) and request.GET.get("export") in self.FORMATS

    def get_heading(self, queryset, field):
        return guard(str(self.exported[field].label))

    def to_row_dict(self, item):
        return {name: as_cell(column.get_value(item)) for name, column in self.exported.items()}

    def get_filename(self):
        return f"{slugify(self.model._meta.verbose_name_plural)}-{timezone.localdate():%Y-%m-%d}"


def as_cell(value):
    """A shown value as a cell holds it: days and numbers as they are, yes and no in words, all else as text."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if value is None:
        return ""
    return value if isinstance(value, int | float | Decimal | date) else str(value)


class StaffList(ShownIsExported):
    """A list of the staff admin: taken away as it is shown, and kept as a view under a name."""

    template_name = "desk/admin/list.html"


def listing(rows):
    """An index view over `rows()`, a queryset made for the screen."""

    class Listing(StaffList, IndexView):
        def get_base_queryset(self):
            return rows()

    return Listing


class RefusalsShown:
    """For an add or edit view: what a verb refuses while the form is saved is said on the form, and nothing is kept."""

    def form_valid(self, form):
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except ValidationError as refused:
            form.add_error(None, refused)
            self.produced_error_code, self.produced_error_message = "validation_error", self.get_error_message()
            return self.form_invalid(form)


class ViewOnly(ModelPermissionPolicy):
    """Whoever may view the model sees its list; nobody adds, edits or deletes rows by a form."""

    def user_has_permission(self, user, action):
        return action == "view" and super().user_has_permission(user, "view")

    def user_has_any_permission(self, user, actions):
        return "view" in actions and self.user_has_permission(user, "view")


class AddOnly(ModelPermissionPolicy):
    """What is recorded stays as it was recorded: a correction is a new row."""

    def user_has_permission(self, user, action):
        return action in ("view", "add") and super().user_has_permission(user, action)


class NoDelete(ModelPermissionPolicy):
    """As Django's permissions say, but nothing is deleted: history hangs on it."""

    def user_has_permission(self, user, action):
        return action != "delete" and super().user_has_permission(user, action)
