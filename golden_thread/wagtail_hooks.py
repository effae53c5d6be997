"""Staff screens of the golden thread, and the log's words."""

from django.urls import path, reverse_lazy
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from screens.frames import PermittedItem, log_words
from screens.policies import NoDelete
from suppliers.permissions import VIEW_CONTRACT

from .models import Officer, PartnerRules, TrainingSession
from .staff import links, screens
from .staff.people import PartnerRulesViewSet, TrainingGroup

register_permission_policy(Officer, NoDelete(Officer))
register_permission_policy(TrainingSession, NoDelete(TrainingSession))
register_permission_policy(PartnerRules, NoDelete(PartnerRules))


@hooks.register("register_admin_viewset")
def register_training():
    return [TrainingGroup(), PartnerRulesViewSet()]


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("golden-thread/", screens.thread_screen, name="thread_screen"),
        path("golden-thread/to-mend.csv", screens.thread_worklist, name="thread_worklist"),
        path("golden-thread/publish/", screens.thread_publish, name="thread_publish"),
        path("golden-thread/training/", screens.thread_training, name="thread_training"),
        path("golden-thread/suggestions/", links.thread_suggestions, name="thread_suggestions"),
        path("golden-thread/links/", links.thread_links, name="thread_links"),
        path("golden-thread/links/corrections.csv", links.thread_corrections, name="thread_corrections"),
        path("golden-thread/links/<int:pk>/undo/", links.thread_undo, name="thread_undo"),
        path("golden-thread/<slug:metric>/", screens.thread_records, name="thread_records"),
    ]


@hooks.register("register_admin_menu_item")
def register_golden_thread():
    return PermittedItem(
        "Golden thread",
        reverse_lazy("thread_screen"),
        icon_name="link",
        order=135,
        permission=VIEW_CONTRACT,
    )


log_words(
    "golden_thread",
    {
        "link_confirmed": "Confirmed a contract’s project",
        "link_refused": "Said that a contract is not of a project",
        "link_undone": "Took back what was said of a contract’s project",
        "corrections": "Took the corrections file for Proactis",
        "publish": "Published a month’s golden thread figures",
    },
)
