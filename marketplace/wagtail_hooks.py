"""What the site as a whole asks of Wagtail: to know which page was served."""

from wagtail import hooks


@hooks.register("before_serve_page")
def remember_page(page, request, serve_args, serve_kwargs):
    request.served_page_id = page.pk
