"""Staff screens of performance, and the log's words."""

from django.urls import path, reverse_lazy
from wagtail import hooks

from screens.frames import PermittedItem, log_words

from . import staff
from .permissions import VIEW_ASSESSMENT


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("performance/", staff.clocks, name="clocks"),
        path("performance/contracts/<int:pk>/", staff.contract_performance, name="contract_performance"),
        path("performance/contracts/<int:pk>/notice/", staff.performance_notice, name="performance_notice"),
        path("performance/improvements/<int:pk>/", staff.improvement, name="improvement"),
    ]


@hooks.register("register_admin_menu_item")
def register_performance():
    return PermittedItem("Performance", reverse_lazy("clocks"), icon_name="time", order=132, permission=VIEW_ASSESSMENT)


log_words(
    "performance",
    {
        "assessed": "Rated a key performance indicator",
        "asked": "Asked the supplier to improve",
        "answered": "Kept the supplier’s answer",
        "improved": "Said that it improved",
        "not_improved": "Said that it did not improve",
        "notice": "Published a notice of poor performance",
    },
)
