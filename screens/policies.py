"""Staff screens whose changes go through verbs, never through a plain form: their lists and permissions."""

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.admin.views.generic import IndexView
from wagtail.permission_policies import ModelPermissionPolicy


def listing(rows):
    """An index view over `rows()`, a queryset made for the screen."""

    class Listing(IndexView):
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
