"""Wagtail's own lists and forms for councils and districts."""

from wagtail.admin.viewsets.model import ModelViewSet

from screens.policies import listing

from .models import Council, District


class CouncilViewSet(ModelViewSet):
    model = Council
    name = "council"
    icon = "home"
    menu_label = "Councils"
    copy_view_enabled = False
    list_display = ["name", "code", "valid_from", "valid_to"]
    form_fields = ["name", "code", "valid_from", "valid_to"]


class DistrictViewSet(ModelViewSet):
    model = District
    name = "district"
    icon = "site"
    menu_label = "Districts"
    copy_view_enabled = False
    list_display = ["name", "code", "council", "successor", "valid_from", "valid_to"]
    index_view_class = listing(lambda: District.objects.select_related("council", "successor"))
    form_fields = ["name", "slug", "code", "latitude", "longitude", "council", "successor", "valid_from", "valid_to"]
