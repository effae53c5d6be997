"""Staff screens of reports, and the log's words."""

from django.urls import path, re_path, reverse_lazy
from wagtail import hooks

from screens.frames import PermittedItem, log_words
from suppliers.permissions import VIEW_COMMITMENT

from . import staff
from .permissions import VIEW_PAPER


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("contracts/greatest/", staff.greatest_contracts, name="greatest_contracts"),
        path("launch/", staff.launch, name="launch"),
        path("leaders/", staff.leaders, name="leaders"),
        path("papers/", staff.paper_list, name="papers"),
        path("papers/<int:pk>/", staff.paper, name="paper"),
        re_path(r"^papers/(?P<pk>\d+)\.(?P<ending>html|docx|pdf)$", staff.paper_file, name="paper_file"),
    ]


@hooks.register("register_admin_menu_item")
def register_greatest():
    where = reverse_lazy("greatest_contracts")
    return PermittedItem("Greatest contracts", where, icon_name="order", order=134, permission=VIEW_COMMITMENT)


@hooks.register("register_admin_menu_item")
def register_leaders():
    return PermittedItem("For leaders", reverse_lazy("leaders"), icon_name="view", order=135, permission=VIEW_PAPER)


@hooks.register("register_admin_menu_item")
def register_launch():
    return PermittedItem("How it fills", reverse_lazy("launch"), icon_name="group", order=137, permission=VIEW_PAPER)


@hooks.register("register_admin_menu_item")
def register_papers():
    where = reverse_lazy("papers")
    return PermittedItem("Committee papers", where, icon_name="doc-full-inverse", order=136, permission=VIEW_PAPER)


log_words("reports", {"made": "Made a committee paper", "finished": "Finished a committee paper"})
