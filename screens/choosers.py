"""Choosers of the staff admin that show each person only what they may open: in the list, in what is chosen, and many
at once. Wagtail's own ask for no right, and fall over numbers that are none.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from words.numbers import numbers


class Limited:
    """Mixin for a chooser's views; `rows(user)` are those that `user` may choose, None where they may choose none."""

    @staticmethod
    def rows(user):
        raise NotImplementedError

    def dispatch(self, request, *args, **kwargs):
        if self.rows(request.user) is None:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_object_list(self):
        return self.rows(self.request.user)

    def get_object(self, pk):
        found = self.rows(self.request.user).filter(pk__in=numbers([str(pk)])).first()
        if found is None:
            raise Http404
        return found

    def get_objects(self, pks):
        return self.rows(self.request.user).filter(pk__in=numbers(pks))


class NoCreation:
    """A chooser chooses: what is not there yet is made where its rules are."""

    def dispatch(self, request, *args, **kwargs):
        raise Http404


def choosing_only(viewset):
    """The chooser viewset `viewset` without a way to make what is not there."""
    refused = type("create_view_class", (NoCreation, viewset.create_view_class), {})
    return type(f"Only{viewset.__name__}", (viewset,), {"create_view_class": refused})


VIEWS = ("choose_view_class", "choose_results_view_class", "chosen_view_class", "chosen_multiple_view_class")


def limited(viewset, rows):
    """The chooser viewset `viewset` with every view limited to `rows(user)`."""
    mixin = type("LimitedTo", (Limited,), {"rows": staticmethod(rows)})
    views = {name: type(name, (mixin, getattr(viewset, name)), {}) for name in VIEWS}
    return choosing_only(type(f"Limited{viewset.__name__}", (viewset,), views))
