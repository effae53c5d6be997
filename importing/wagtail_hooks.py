"""The import screen, for whoever may import a file of some kind."""

from django.urls import path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from screens.frames import log_words

from . import staff
from .kinds import offered_to


class ImportItem(MenuItem):
    def is_shown(self, request):
        return bool(offered_to(request.user))


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("imports/", staff.import_list, name="imports"),
        path("imports/<int:pk>/", staff.import_preview, name="import_preview"),
        path("imports/<int:pk>/take-back/", staff.import_take_back, name="import_take_back"),
    ]


@hooks.register("register_admin_menu_item")
def register_imports():
    return ImportItem("Imports", reverse_lazy("imports"), icon_name="upload", order=140)


log_words("importing", {"import": "Imported a file", "take_back": "Took an import back"})
