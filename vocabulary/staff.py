"""Wagtail's lists and forms for the vocabulary of needs."""

from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from screens.policies import listing

from .models import CountsAs, Need


class NeedViewSet(ModelViewSet):
    """The words that speak of each need: matching reads them within minutes of a change."""

    model = Need
    name = "need"
    icon = "tag"
    menu_label = "Needs"
    copy_view_enabled = False
    list_display = ["name", "family", Column("kind", accessor="get_kind_display", label="Kind of help"), "code"]
    list_filter = ["kind", "family"]
    search_fields = ["name", "code", "terms"]
    search_backend_name = None
    form_fields = ["name", "code", "kind", "family", "terms"]


class CountsAsViewSet(ModelViewSet):
    model = CountsAs
    name = "counts_as"
    icon = "link"
    menu_label = "What counts as what"
    copy_view_enabled = False
    index_view_class = listing(lambda: CountsAs.objects.select_related("offered", "needed"))
    list_display = [
        TitleColumn("offered", url_name="counts_as:edit", label="Offered"),
        Column("needed", label="Also meets"),
        Column("share", label="How well, to 1"),
        Column("why"),
    ]
    search_fields = ["offered__name", "needed__name", "why"]
    search_backend_name = None
    form_fields = ["offered", "needed", "share", "why"]


class VocabularyOfNeeds(ViewSetGroup):
    items = (NeedViewSet, CountsAsViewSet)
    menu_label = "Vocabulary"
    menu_icon = "tag"
    menu_order = 304
