"""What the site as a whole asks of Wagtail: which page was served, and what became of a person who was deleted."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from wagtail import hooks


@hooks.register("before_serve_page")
def remember_page(page, request, serve_args, serve_kwargs):
    request.served_page_id = page.pk


@hooks.register("after_delete_user")
def say_what_became_of_them(request, user):
    if get_user_model().objects.filter(pk=user.pk).exists():
        messages.info(
            request,
            "What this person did stays on record, as done by a former member. Name, address and rights are gone, and "
            "nobody can sign in as them any more.",
        )
