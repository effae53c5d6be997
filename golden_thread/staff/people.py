"""Wagtail's own lists and forms for officers and their training."""

from django import forms
from django.conf import settings
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from places.models import Council
from screens.policies import listing
from words.references import same_words

from ..models import Officer, PartnerRules, TrainingSession


class OfficerForm(WagtailAdminModelForm):
    class Meta:
        model = Officer
        fields = ["name", "email", "council"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        partners = PartnerRules.objects.values("council")
        self.fields["council"].queryset = Council.objects.filter(pk__in=partners)
        self.fields["council"].empty_label = settings.COUNCIL_NAME

    def clean(self):
        data = super().clean()
        same = Officer.objects.filter(name_key=same_words(data.get("name", "")), council=data.get("council"))
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("name", "This officer is in the list already.")
        return data


class OfficerViewSet(ModelViewSet):
    model = Officer
    icon = "user"
    menu_label = "Officers"
    list_display = ["name", "email", Column("council", label="Authority")]
    search_fields = ["name", "email"]
    index_view_class = listing(lambda: Officer.objects.select_related("council"))
    search_backend_name = None
    copy_view_enabled = False

    def get_form_class(self, for_update=False):
        return OfficerForm


class TrainingSessionViewSet(ModelViewSet):
    model = TrainingSession
    icon = "group"
    menu_label = "Training sessions"
    list_display = ["title", "held_on", "recording"]
    search_backend_name = None
    copy_view_enabled = False
    panels = [
        FieldPanel("title"),
        FieldPanel("held_on"),
        FieldPanel("recording"),
        FieldPanel("officers", widget=forms.CheckboxSelectMultiple),
    ]


class PartnerRulesViewSet(ModelViewSet):
    """Other authorities whose golden thread this site follows, each with its own rules and extracts."""

    model = PartnerRules
    name = "partner_rules"
    icon = "link"
    menu_label = "Partner authorities"
    list_display = [Column("council", label="Authority"), "go_live", "window"]
    search_backend_name = None
    copy_view_enabled = False
    add_to_settings_menu = True
    panels = PartnerRules.panels


class TrainingGroup(ViewSetGroup):
    menu_label = "Training"
    menu_icon = "group"
    menu_order = 136
    items = (TrainingSessionViewSet, OfficerViewSet)
