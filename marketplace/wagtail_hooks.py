"""What the site as a whole asks of Wagtail: which page was served, and what became of a person who was deleted."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.search import SearchArea

from screens.frames import frame

from . import home, look, staff_search


@hooks.register("before_serve_page")
def remember_page(page, request, serve_args, serve_kwargs):
    request.served_page_id = page.pk


@hooks.register("insert_global_admin_css", order=200)
def council_colours():
    """The council's own colours come after the ones that the staff side has of itself."""
    address = look.shown().styles
    return format_html('<link rel="stylesheet" href="{}">', address) if address else ""


@hooks.register("construct_homepage_panels")
def say_what_waits(request, panels):
    panels[:] = home.panels_for(request.user, panels)


def find(request):
    """Staff's own search."""
    text = request.GET.get("q", "")
    context = {"q": text, "found": staff_search.find(request.user, text), **frame("Find", "search")}
    return TemplateResponse(request, "marketplace/admin/find.html", context)


@hooks.register("register_admin_urls")
def register_urls():
    return [path("find/", find, name="staff_find")]


@hooks.register("register_admin_search_area")
def search_everything():
    """The first area is where the menu's own search leads."""
    return SearchArea("Everything", reverse("staff_find"), name="everything", icon_name="search", order=1)


@hooks.register("after_delete_user")
def say_what_became_of_them(request, user):
    if get_user_model().objects.filter(pk=user.pk).exists():
        messages.info(
            request,
            "What this person did stays on record, as done by a former member. Name, address and rights are gone, and "
            "nobody can sign in as them any more.",
        )
