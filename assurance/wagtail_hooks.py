"""Staff screens of assurance, and the log's words."""

from django.urls import path, reverse_lazy
from wagtail import hooks

from screens.frames import PermittedItem, log_words

from . import staff
from .permissions import VIEW_SAMPLE


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("assurance/", staff.sample_list, name="samples"),
        path("assurance/suspicions/", staff.suspicion_list, name="suspicions"),
        path("assurance/<int:pk>/", staff.sample_staff, name="sample_staff"),
        path("assurance/deliveries/<int:pk>/", staff.sample_item, name="sample_item"),
    ]


@hooks.register("register_admin_menu_item")
def register_assurance():
    return PermittedItem("Assurance", reverse_lazy("samples"), icon_name="search", order=133, permission=VIEW_SAMPLE)


log_words("assurance", {"drawn": "Drew a sample", "checked": "Checked a delivery of a sample"})
