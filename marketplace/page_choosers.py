"""Wagtail's page chooser, with drafts and restricted pages shown only to those who may open them."""

from django.db.models import Q
from django.http import Http404
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views import chooser
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from words.numbers import numbers


def open_to(user):
    """A condition on pages: public, or within what `user` may explore in the staff admin."""
    explorable = PagePermissionPolicy(Page).explorable_instances(user).values("pk")
    public = Page.objects.live().public().values("pk")
    return Q(pk__in=public) | Q(pk__in=explorable) | Q(depth=1)


@hooks.register("construct_page_chooser_queryset")
def leave_out_what_is_closed(pages, request):
    return pages.filter(open_to(request.user))


class Browse(chooser.BrowseView):
    def get(self, request, parent_page_id=None):
        if parent_page_id and not Page.objects.filter(open_to(request.user), pk=parent_page_id).exists():
            raise Http404
        return super().get(request, parent_page_id)


class ChosenMultiple(chooser.ChosenMultipleView):
    def get(self, request):
        wanted = Page.objects.filter(open_to(request.user), pk__in=numbers(request.GET.getlist("id")))
        request.GET = request.GET.copy()
        request.GET.setlist("id", [str(pk) for pk in wanted.values_list("pk", flat=True)])
        return super().get(request)


browse = require_admin_access(Browse.as_view())
chosen_multiple = require_admin_access(ChosenMultiple.as_view())
