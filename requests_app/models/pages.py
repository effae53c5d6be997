"""Case studies: a story on the site, tied to the delivery it tells of."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from guidance.blocks import mark_live
from guidance.pages.types import KeptPage
from vocabulary.kinds import KindOfHelp

from .deliveries import Delivery


class CaseStudyPage(KeptPage):
    """What happened when a supplier met a need. Its figures come from the confirmed delivery, never typed."""

    delivery = models.ForeignKey(
        Delivery,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="case_studies",
        limit_choices_to={"state__in": ["confirmed", "verified"]},
        help_text="The confirmed delivery this story tells of. Leave empty for a story from before the marketplace",
    )
    kind = models.CharField("kind of help", max_length=20, choices=KindOfHelp, blank=True)
    quotation = models.TextField(blank=True, max_length=600, help_text="What the group said, with its consent")
    quoted = models.CharField(max_length=120, blank=True, help_text="Who says it: a role, such as “Trustee”")

    edit_handler = KeptPage.tabs(
        [
            *KeptPage.content_panels,
            FieldPanel("delivery"),
            FieldPanel("kind"),
            FieldPanel("quotation"),
            FieldPanel("quoted"),
        ]
    )
    search_fields = [*KeptPage.search_fields, index.SearchField("quotation")]
    parent_page_types = ["guidance.GuidanceSection"]
    template = "requests_app/case_study.html"

    class Meta:
        verbose_name = "case study"

    def clean(self):
        super().clean()
        if self.delivery_id and self.delivery.state not in (Delivery.State.CONFIRMED, Delivery.State.VERIFIED):
            raise ValidationError(
                {"delivery": "This delivery is not confirmed: a case study tells of one that the group confirmed."}
            )

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        if self.delivery_id:
            mark_live(context)
            context["delivery"] = Delivery.objects.with_pledge().get(pk=self.delivery_id)
        return context
