"""Addresses that nobody's page links to: answered with "not found", not with an error of ours.

A NUL reaches no database. In the staff admin, where Wagtail takes numbers from addresses as they come, a number that
is none, or that no database holds, is looked for nowhere.
"""

import re

from django.core.paginator import EmptyPage
from django.http import Http404
from django.views.defaults import bad_request, page_not_found
from wagtail.models import Page

from words.numbers import is_number

NUMBERS = ("id", "childOf", "target_pages[]", "parent_page_id")
"""Parameters that Wagtail takes for a row's number unread; "all" and "" say something else."""
PATH_NUMBER = re.compile(r"/chosen/(?P<number>[^/]*)/$|/editing-sessions/ping/[^/]+/[^/]+/(?P<object>[^/]*)/")
ROOT_ONLY = re.compile(r"/admin/pages/(\d{1,18})/(set_position|lock|unlock)/")
"""What Wagtail does with a page among others, and falls over for the root, which has none about it."""
FALL_OVER = {
    "wagtailadmin_pages:edit", "wagtailadmin_pages:copy", "wagtailadmin_choose_page_external_link",
    "wagtailredirects:process_import",
}  # fmt: skip
"""Forms of Wagtail's that fall over a post without their fields."""
TOO_LONG = re.compile(r"\d{19,}")


class CrookedAddressMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path or (request.path.startswith("/admin/") and is_crooked(request)):
            request.is_crooked = True
        return self.get_response(request)

    def process_view(self, request, *args):
        if getattr(request, "is_crooked", False):
            raise Http404

    def process_exception(self, request, exception):
        """The staff admin over what no page of it links to: not found, or a post that lacks what its form has."""
        if not request.path.startswith("/admin/"):
            return None
        if isinstance(exception, EmptyPage) or "expected a number but got" in str(exception):
            return page_not_found(request, exception)
        posted = request.method == "POST" and not request.POST.keys() - {"csrfmiddlewaretoken"}
        if posted and request.resolver_match and request.resolver_match.view_name in FALL_OVER:
            return bad_request(request, exception)
        return None


def is_crooked(request):
    """Whether an address of the staff admin names a row by what can be no number."""
    for name, values in request.GET.lists():
        for value in values:
            if "\0" in value or TOO_LONG.fullmatch(value):
                return True
            if name in NUMBERS and value not in ("", "all") and not is_number(value):
                return True
    if request.path.startswith("/admin/workflows/") and not is_number(request.GET.get("p") or "1"):
        return True
    root = ROOT_ONLY.match(request.path)
    if root and Page.objects.filter(pk=root[1], depth=1).exists():
        return True
    found = PATH_NUMBER.search(request.path)
    return bool(found) and not is_number(found["number"] if found["number"] is not None else found["object"])
