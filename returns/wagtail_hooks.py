"""Staff screens of returns, and the log's words."""

from django.urls import path, reverse_lazy
from wagtail import hooks

from screens.frames import PermittedItem, log_words

from .permissions import VIEW_RETURN
from .staff import deciding, lines


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("commitments/<int:pk>/delivered/", lines.return_line_new, name="return_line_new"),
        path("return-lines/<int:pk>/correct/", lines.return_line_correct, name="return_line_correct"),
        path("return-lines/<int:pk>/verify/", lines.return_line_verify, name="return_line_verify"),
        path("returns/", deciding.return_queue, name="return_queue"),
        path("returns/import/", deciding.return_import, name="return_import"),
        path("returns/<int:pk>/", deciding.return_decide, name="return_decide"),
    ]


@hooks.register("register_admin_menu_item")
def register_returns():
    return PermittedItem(
        "Returns", reverse_lazy("return_queue"), icon_name="doc-full", order=131, permission=VIEW_RETURN
    )


log_words(
    "returns",
    {
        "line": "Recorded what was delivered without a pledge",
        "sent": "Sent the return",
        "asked": "Gave the return back with questions",
        "answered": "Answered the return",
        "imported": "Saved the return from a file",
        "answer_sent": "Reported a commitment",
        "answer_accepted": "Accepted a line of the return",
        "answer_queried": "Asked about a line of the return",
        "answer_rejected": "Rejected a line of the return",
    },
)
