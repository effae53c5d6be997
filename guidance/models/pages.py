"""Guidance pages: who they are for, who keeps them, and when they were last looked at."""

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from ..components.blocks import GuidanceBody


class Audience(models.TextChoices):
    EVERYONE = "everyone", "Everyone"
    REQUESTORS = "requestors", "Groups that post requests"
    SUPPLIERS = "suppliers", "Suppliers"
    PROCUREMENT = "procurement", "Commissioners and procurement"
    CONTRACT_MANAGERS = "contract_managers", "Contract managers"


class GuidanceSection(Page):
    """A shelf of guidance pages."""

    introduction = models.CharField(max_length=250, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    subpage_types = ["guidance.GuidancePage"]
    template = "guidance/section.html"

    class Meta:
        verbose_name = "guidance section"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["pages"] = (
            GuidancePage.objects.child_of(self)
            .live()
            .public()
            .order_by("path")
            .only("title", "slug", "url_path", "introduction", "audience", "path", "depth", "numchild")
        )
        return context


class GuidancePage(Page):
    """One piece of guidance, with the role that keeps it and the date it is to be reviewed by."""

    audience = models.CharField(max_length=20, choices=Audience, default=Audience.EVERYONE)
    introduction = models.CharField(max_length=250)
    body = StreamField(GuidanceBody(), blank=True)
    owner_role = models.CharField(max_length=120, help_text="The role that keeps this page, never a name")
    reviewed_on = models.DateField("last reviewed", null=True, blank=True)
    review_due_on = models.DateField("next review due", null=True, blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("audience"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("owner_role"), FieldPanel("reviewed_on"), FieldPanel("review_due_on")],
            heading="Who keeps this page",
        ),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
        index.FilterField("audience"),
    ]
    parent_page_types = ["guidance.GuidanceSection", "marketplace.HomePage"]
    subpage_types = []
    template = "guidance/page.html"

    class Meta:
        verbose_name = "guidance page"
