"""Pages: who they are for, which role keeps them, which model they rest on, and how they are reviewed."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from .. import feeds, publications
from ..approval.four_eyes import FourEyesTester
from ..blocks import WORDS, GuidanceBody, mark_live
from ..models.governance import Role
from ..models.outcomes import Outcome, SocialValueModel
from .panels import ChecksPanel, ReviewPanel


class Audience(models.TextChoices):
    EVERYONE = "everyone", "Everyone"
    REQUESTORS = "requestors", "Groups that post requests"
    SUPPLIERS = "suppliers", "Suppliers"
    PROCUREMENT = "procurement", "Commissioners and procurement"
    CONTRACT_MANAGERS = "contract_managers", "Contract managers"


class OwnedPage(Page):
    """A page that a role answers for. Nobody publishes alone: it goes live when another person approves it."""

    owner_role = models.ForeignKey(
        Role,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="owner role",
        help_text="The role that answers for this page, whoever holds it",
    )
    deputy_role = models.ForeignKey(
        Role,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="deputy role",
        help_text="Told when the owner is away or the role is vacant",
    )

    stands_at_the_root = False  # the tree's root is nobody's to approve: only the front page stands there

    keeping_panels = [FieldPanel("owner_role"), FieldPanel("deputy_role")]

    class Meta:
        abstract = True

    @classmethod
    def can_exist_under(cls, parent):
        return super().can_exist_under(parent) and (cls.stands_at_the_root or not parent.is_root())

    @cached_property
    def shelves_above(self):
        """[(title, address)] of the pages above this one, from the front page down."""
        return [(page.title, page.get_url()) for page in self.get_ancestors().filter(depth__gte=2)]

    def get_view_restrictions(self):
        """As Wagtail's, without asking of every page above where nothing on the site is restricted."""
        everywhere = PageViewRestriction.objects.all()
        return super().get_view_restrictions() if everywhere.exists() else everywhere.none()

    def permissions_for_user(self, user):
        return FourEyesTester(user, self)

    def clean(self):
        super().clean()
        if self.owner_role_id and self.owner_role_id == self.deputy_role_id:
            raise ValidationError({"deputy_role": "The deputy must be another role than the owner."})
        holder = self.owner_role.holder_on(timezone.localdate()) if self.owner_role_id else None
        if holder and not holder.user.is_council_staff:
            raise ValidationError(
                {
                    "owner_role": f"{holder.user} holds this role but can’t enter the staff admin. "
                    "Give them access, or choose another role."
                }
            )


class GuidanceSection(OwnedPage):
    """A shelf of pages for one audience."""

    introduction = models.CharField(max_length=250, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading="Content"),
            ObjectList(OwnedPage.keeping_panels, heading="Who keeps it"),
            ObjectList(Page.promote_panels, heading="Promote"),
        ]
    )
    template = "guidance/section.html"

    class Meta:
        verbose_name = "section"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["shelves"] = GuidanceSection.objects.child_of(self).live().public().order_by("path")
        context["pages"] = (
            Page.objects.child_of(self).live().public().not_exact_type(GuidanceSection).order_by("path").specific()
        )
        return context


class KeptPage(OwnedPage):
    """What every page of guidance carries; its reviews are rows of their own."""

    audience = models.CharField(max_length=20, choices=Audience, default=Audience.EVERYONE)
    introduction = models.CharField(max_length=250)
    body = StreamField(GuidanceBody(), blank=True)
    review_months = models.PositiveSmallIntegerField(
        "reviewed every, months", default=6, choices=[(n, f"{n} months") for n in (3, 6, 12)]
    )
    model = models.ForeignKey(
        SocialValueModel,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="rests on",
        help_text="The version of a social value model this page explains or relies on, if any",
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("audience"),
        FieldPanel("body"),
    ]
    keeping_panels = [
        MultiFieldPanel(OwnedPage.keeping_panels, heading="Who answers for this page"),
        ReviewPanel(heading="Reviews"),
        FieldPanel("review_months"),
        FieldPanel("model"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction", boost=2),
        index.SearchField("body"),
        index.FilterField("audience"),
        index.AutocompleteField("title"),
    ]
    subpage_types = []

    class Meta:
        abstract = True

    @classmethod
    def tabs(cls, content):
        """The editor's tabs: content, keeping, checks, promote."""
        return TabbedInterface(
            [
                ObjectList(content, heading="Content"),
                ObjectList(cls.keeping_panels, heading="Who keeps it"),
                ObjectList([ChecksPanel(heading="Checks before publishing")], heading="Checks"),
                ObjectList(Page.promote_panels, heading="Promote"),
            ]
        )

    def clean(self):
        super().clean()
        if self.model_id and self.model.is_withdrawn:
            raise ValidationError({"model": f"{self.model} was withdrawn. Choose the version in force, or none."})

    @cached_property
    def last_review(self):
        """The newest Review, or None before the page is first published."""
        return self.reviews.order_by("pk").last() if self.pk else None

    def days_overdue(self, day):
        """How many days the page's review is late on `day`; 0 where it is not, or before it is first published."""
        return self.last_review.days_overdue(day) if self.last_review else 0

    @property
    def streams(self):
        """The stream fields of this page, for the checks and the reading age."""
        return [self.body]

    def get_context(self, request, *args, **kwargs):
        days = publications.surround(self, request)
        context = super().get_context(request, *args, **kwargs)
        context["long_overdue"] = self.days_overdue(timezone.localdate()) >= days
        return context


class GuidancePage(KeptPage):
    """One piece of guidance."""

    edit_handler = KeptPage.tabs(KeptPage.content_panels)
    template = "guidance/page.html"

    class Meta:
        verbose_name = "guidance page"


class StepGuidePage(KeptPage):
    """A task from its first step to its last, one box a step."""

    steps = StreamField(
        [
            (
                "step",
                blocks.StructBlock(
                    [
                        ("title", blocks.CharBlock(max_length=120)),
                        ("who", blocks.CharBlock(required=False, max_length=80, help_text="Who does it")),
                        ("text", blocks.RichTextBlock(features=WORDS)),
                    ],
                    icon="list-ol",
                ),
            )
        ]
    )

    edit_handler = KeptPage.tabs([*KeptPage.content_panels, FieldPanel("steps")])
    search_fields = [*KeptPage.search_fields, index.SearchField("steps")]
    parent_page_types = ["guidance.GuidanceSection"]
    template = "guidance/step_guide.html"

    class Meta:
        verbose_name = "step-by-step guide"

    @property
    def streams(self):
        return [self.body, self.steps]


class PriorityPage(KeptPage):
    """One priority of the council: what it means, and which needs of local groups serve it now."""

    outcome = models.ForeignKey(
        Outcome,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"level": "outcome", "model__is_councils_own": True},
        help_text="The priority in the council’s own model",
    )

    edit_handler = KeptPage.tabs([*KeptPage.content_panels, FieldPanel("outcome")])
    parent_page_types = ["guidance.GuidanceSection"]
    template = "guidance/priority.html"

    class Meta:
        verbose_name = "priority page"

    def clean(self):
        super().clean()
        if self.outcome_id and self.outcome.model.is_withdrawn:
            raise ValidationError({"outcome": f"{self.outcome.model} was withdrawn. Choose a priority in force."})

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        mark_live(context)
        context["rows_template"], context["rows"] = feeds.listing(
            "requests", kind="", outcome=self.outcome_id, how_many=5
        )
        context["served_by"] = self.outcome.served_by.select_related("outcome__model") if self.outcome_id else []
        return context


class NewsPage(OwnedPage):
    """A piece of news, newest first in its section."""

    day = models.DateField("date", default=timezone.localdate)
    introduction = models.CharField(max_length=250)
    body = StreamField(GuidanceBody(), blank=True)

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [*Page.content_panels, FieldPanel("day"), FieldPanel("introduction"), FieldPanel("body")],
                heading="Content",
            ),
            ObjectList(OwnedPage.keeping_panels, heading="Who keeps it"),
            ObjectList([ChecksPanel(heading="Checks before publishing")], heading="Checks"),
            ObjectList(Page.promote_panels, heading="Promote"),
        ]
    )
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction", boost=2),
        index.SearchField("body"),
        index.AutocompleteField("title"),
    ]
    parent_page_types = ["guidance.GuidanceSection"]
    subpage_types = []
    template = "guidance/news.html"

    class Meta:
        verbose_name = "news"

    @property
    def streams(self):
        return [self.body]
