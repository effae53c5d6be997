"""Wagtail's own lists and forms for roles, groups, actions, models, councils and districts."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch
from django.forms import modelform_factory
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, TitleFieldPanel
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import CreateView, DeleteView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from places.staff import CouncilViewSet, DistrictViewSet
from screens.choosers import choosing_only
from screens.policies import listing

from ..governance import actions
from ..models import (
    Action,
    AuditFinding,
    Decision,
    GovernanceGroup,
    Holder,
    Mapping,
    Outcome,
    PageAnswer,
    ReviewTask,
    Role,
    SocialValueModel,
)
from ..outcomes import lines
from .line_forms import LineForm, MappingForm


class RoleHolderColumn(Column):
    def get_value(self, instance):
        return str(instance.current_holders[0].user) if instance.current_holders else "Vacant"


class RoleViewSet(SnippetViewSet):
    model = Role
    chooser_viewset_class = choosing_only(SnippetChooserViewSet)
    icon = "user"
    menu_label = "Roles"
    menu_name = "roles"
    copy_view_enabled = False
    list_display = [
        "title",
        RoleHolderColumn("holder", label="Holder"),
        TitleColumn("appoint", url_name="role_appoint", label="Appoint", accessor=lambda role: f"Appoint to {role}"),
        "valid_to",
    ]
    search_fields = ["title", "responsibilities"]
    search_backend_name = None

    def get_queryset(self, request):
        serving = Holder.objects.current_on(timezone.localdate()).select_related("user")
        return Role.objects.prefetch_related(Prefetch("holders", serving, to_attr="current_holders"))

    panels = [
        TitleFieldPanel("title", targets=["slug"]),
        FieldPanel("slug"),
        FieldPanel("responsibilities"),
        FieldPanel("mailbox"),
        FieldPanel("receives_alarms"),
        FieldPanel("name_shown"),
        MultiFieldPanel([FieldPanel("valid_from"), FieldPanel("valid_to")], heading="When the role exists"),
    ]


class GroupViewSet(SnippetViewSet):
    """Groups with their terms of reference; Wagtail keeps every saved version and compares them."""

    model = GovernanceGroup
    chooser_viewset_class = choosing_only(SnippetChooserViewSet)
    icon = "group"
    menu_label = "Groups"
    menu_name = "governance-groups"
    copy_view_enabled = False
    list_display = ["name", "chair", "meeting_frequency", "version", "review_date"]
    search_fields = ["name", "purpose"]
    search_backend_name = None
    edit_handler = ObjectList(
        [
            TitleFieldPanel("name", targets=["slug"]),
            FieldPanel("slug"),
            FieldPanel("purpose"),
            FieldPanel("scope"),
            MultiFieldPanel(
                [FieldPanel("chair"), FieldPanel("deputy"), FieldPanel("quorum")], heading="Chair and quorum"
            ),
            InlinePanel("seats", [FieldPanel("role"), FieldPanel("note")], heading="Members, by role", label="Member"),
            FieldPanel("meeting_frequency"),
            FieldPanel("decision_rights"),
            FieldPanel("reports_to"),
            MultiFieldPanel([FieldPanel("inputs"), FieldPanel("outputs")], heading="Works from, and produces"),
            FieldPanel("conflicts_of_interest"),
            MultiFieldPanel(
                [
                    FieldPanel("version"),
                    FieldPanel("approved_by"),
                    FieldPanel("approved_on"),
                    FieldPanel("review_date"),
                ],
                heading="These terms",
            ),
            MultiFieldPanel([FieldPanel("valid_from"), FieldPanel("valid_to")], heading="When the group exists"),
        ]
    )


class DecisionViewSet(ModelViewSet):
    model = Decision
    name = "decision"
    icon = "pick"
    menu_label = "Decisions"
    copy_view_enabled = False
    index_view_class = listing(lambda: Decision.objects.select_related("group"))
    list_display = ["decision", "group", "decided_on"]
    list_filter = ["group"]
    form_fields = ["group", "decided_on", "decision", "reason"]


class FindingViewSet(ModelViewSet):
    model = AuditFinding
    name = "audit_finding"
    icon = "search"
    menu_label = "Audit findings"
    copy_view_enabled = False
    list_display = ["reference", "finding", "report", "reported_on"]
    form_fields = ["reference", "report", "reported_on", "finding"]


class ActionCreate(CreateView):
    def save_instance(self):
        return actions.start(self.form.save(commit=False), by=self.request.user)


class ActionViewSet(ModelViewSet):
    """Actions open on their history; what was done is added there, never rewritten."""

    model = Action
    name = "action"
    icon = "tasks"
    menu_label = "Actions"
    copy_view_enabled = False
    add_view_class = ActionCreate
    index_view_class = listing(Action.objects.with_latest)
    list_display = [
        TitleColumn("title", url_name="action_report", label="Action"),
        Column("owner"),
        Column("asked by", accessor=lambda action: str(action.finding.reference if action.finding else action.group)),
        Column("status", accessor=lambda action: dict(action.updates.model.Status.choices).get(action.status, "")),
        Column("target_on", label="Target"),
    ]
    list_filter = ["owner", "group", "finding"]
    form_fields = ["title", "owner", "group", "finding", "opened_on", "first_target_on"]

    def get_form_class(self, for_update=False):
        """Once opened, an action's dates move only with a reason, in its history."""
        form = super().get_form_class(for_update)
        if not for_update:
            return form
        return modelform_factory(Action, form=WagtailAdminModelForm, fields=["title", "owner", "group", "finding"])


class TaskViewSet(ModelViewSet):
    model = ReviewTask
    name = "review_task"
    icon = "list-ul"
    menu_label = "Review tasks"
    copy_view_enabled = False
    index_view_class = listing(lambda: ReviewTask.objects.select_related("model", "role"))
    list_display = [
        TitleColumn("what", url_name="task_close", label="Task"),
        Column("role"),
        Column("model"),
        Column("opened_at", label="Opened"),
        Column("closed_at", label="Closed"),
    ]
    list_filter = ["role", "model"]
    form_fields = ["what"]


class AnswerViewSet(ModelViewSet):
    """What readers said of a page."""

    model = PageAnswer
    name = "page_answer"
    icon = "comment"
    menu_label = "Was it useful?"
    copy_view_enabled = False
    index_view_class = listing(lambda: PageAnswer.objects.select_related("page").order_by("-pk"))
    list_display = [
        Column("page"),
        Column("useful", accessor=lambda answer: "Yes" if answer.useful else "No"),
        Column("comment"),
        Column("answered_on", label="When"),
    ]
    list_filter = ["useful", "answered_on"]
    form_fields = ["comment"]


class ModelVersionViewSet(ModelViewSet):
    model = SocialValueModel
    name = "social_value_model"
    icon = "list-ul"
    menu_label = "Versions"
    copy_view_enabled = False
    list_display = [
        TitleColumn("name", url_name="model_open", label="Version"),
        Column("state", accessor="get_state_display"),
        Column("valid_from", label="From"),
        Column("valid_to", label="To"),
        Column("edit", accessor=lambda model: "Edit dates and name"),
    ]
    list_filter = ["is_councils_own"]
    form_fields = ["name", "slug", "description", "is_councils_own", "previous", "valid_from", "valid_to", "source"]


class DraftDelete(DeleteView):
    """Only what belongs to a draft version is deleted."""

    def get_object(self, queryset=None):
        row = super().get_object(queryset)
        if not (lines.is_draft(row) if isinstance(row, Outcome) else lines.mapping_is_draft(row)):
            raise PermissionDenied
        return row

    @transaction.atomic
    def delete_action(self):
        """What is gone has no number to be found by: whoever deletes a part has changed the version."""
        for version in lines.versions_of(self.object):
            log(version, "wagtail.edit", user=self.request.user, data={"deleted": str(self.object)})
        return super().delete_action()


class LineViewSet(ModelViewSet):
    model = Outcome
    delete_view_class = DraftDelete
    name = "model_line"
    icon = "list-ol"
    menu_label = "Lines"
    copy_view_enabled = False
    index_view_class = listing(lambda: Outcome.objects.select_related("model", "parent"))
    list_display = ["title", "code", "level", "model", Column("confidence", accessor="get_confidence_display")]
    list_filter = ["model", "level", "confidence"]
    search_fields = ["code", "title"]
    search_backend_name = None

    def get_form_class(self, for_update=False):
        return LineForm


class MappingViewSet(ModelViewSet):
    model = Mapping
    delete_view_class = DraftDelete
    name = "model_mapping"
    icon = "redirect"
    menu_label = "Mapping"
    copy_view_enabled = False
    index_view_class = listing(lambda: Mapping.objects.select_related("source__model", "target__model"))
    list_display = [
        TitleColumn("source", url_name="model_mapping:edit", label="From", accessor=lambda m: m.source or "Nothing"),
        Column("target", label="To", accessor=lambda m: m.target or "Nothing"),
        Column("relation", accessor="get_relation_display"),
        Column("share", label="Share, per cent"),
    ]
    list_filter = ["relation"]

    def get_form_class(self, for_update=False):
        return MappingForm


class RolesAndGroups(SnippetViewSetGroup):
    items = (RoleViewSet, GroupViewSet)
    menu_label = "Who is answerable"
    menu_icon = "group"
    menu_order = 300


class Governance(ViewSetGroup):
    items = (ActionViewSet, FindingViewSet, DecisionViewSet, TaskViewSet, AnswerViewSet)
    menu_label = "Actions and reviews"
    menu_icon = "tasks"
    menu_order = 301


class Models(ViewSetGroup):
    items = (ModelVersionViewSet, LineViewSet, MappingViewSet, CouncilViewSet, DistrictViewSet)
    menu_label = "Models and councils"
    menu_icon = "list-ul"
    menu_order = 302
