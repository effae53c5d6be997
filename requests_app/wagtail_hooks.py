"""Staff screens: moderation of requests, deliveries to verify, counts to agree, and the log's words."""

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import page_permission_policy, register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from screens.frames import PermittedItem, log_words
from screens.one_writer import OneWriter
from screens.policies import StaffList, ViewOnly, listing

from . import moderation
from .models import Delivery, Pledge, Request
from .permissions import CHANGE_REQUEST, PUBLISH_REQUEST
from .staff import deciding, quick, stories, verifying, views
from .staff.choosers import DeliveryChooser, RequestChooser
from .staff.editing import RequestCreateView, RequestEditView, RequestTakeDownView, renamed
from .staff.filters import DeliveryFilter, RequestFilter
from .staff.forms import StaffRequestForm
from .staff.panels import PicturesPanel

register_permission_policy(Delivery, ViewOnly(Delivery))
register_permission_policy(Pledge, ViewOnly(Pledge))


class RequestViewSet(OneWriter, SnippetViewSet):
    """Requests with Wagtail's drafts, revisions, comparison and workflow; staff post on behalf of a group here."""

    model = Request
    chooser_viewset_class = RequestChooser
    icon = "help"
    menu_label = "Requests"
    menu_order = 100
    add_to_admin_menu = True
    list_display = [
        "title",
        Column("organisation"),
        Column("kind", accessor="get_kind_display", label="Kind of help"),
        Column("district"),
        Column("stands", accessor=moderation.stands, label="Where it stands"),
        Column("needed_by", label="Needed by", sort_key="needed_by"),
    ]
    filterset_class = RequestFilter
    index_view_class = type("RequestListView", (StaffList, SnippetViewSet.index_view_class), {})
    search_fields = ["title", "description"]
    search_backend_name = None
    copy_view_enabled = False
    add_view_class = RequestCreateView
    edit_view_class = RequestEditView
    delete_view_class = renamed(SnippetViewSet.delete_view_class)
    history_view_class = renamed(SnippetViewSet.history_view_class)
    unpublish_view_class = RequestTakeDownView
    usage_view_class = renamed(SnippetViewSet.usage_view_class)
    inspect_view_class = renamed(SnippetViewSet.inspect_view_class)
    revisions_view_class = renamed(SnippetViewSet.revisions_view_class)
    revisions_compare_view_class = renamed(SnippetViewSet.revisions_compare_view_class)
    revisions_unschedule_view_class = renamed(SnippetViewSet.revisions_unschedule_view_class)
    workflow_history_view_class = renamed(SnippetViewSet.workflow_history_view_class)
    workflow_history_detail_view_class = renamed(SnippetViewSet.workflow_history_detail_view_class)
    edit_handler = ObjectList(
        [
            FieldPanel("organisation"),
            FieldPanel("kind"),
            FieldPanel("title"),
            FieldPanel("description"),
            FieldPanel("beneficiaries"),
            MultiFieldPanel([FieldPanel("quantity"), FieldPanel("unit"), FieldPanel("unit_words")], heading="How much"),
            MultiFieldPanel(
                [FieldPanel("remote"), FieldPanel("postcode")],
                heading="Where",
            ),
            MultiFieldPanel(
                [FieldPanel("date_kind"), FieldPanel("needed_from"), FieldPanel("needed_by")], heading="When"
            ),
            FieldPanel("outcome"),
            PicturesPanel(heading="Pictures"),
            MultiFieldPanel(
                [
                    FieldPanel("hosts_at_once"),
                    FieldPanel("supervision"),
                    FieldPanel("dbs"),
                    FieldPanel("dbs_reason"),
                    FieldPanel("insurance"),
                    FieldPanel("hosting_cost"),
                ],
                heading="For helpers",
            ),
        ],
        base_form_class=StaffRequestForm,
    )

    def get_queryset(self, request):
        rows = moderation.with_standing(Request.objects.select_related("organisation", "district"))
        return rows if request.user.has_perm(CHANGE_REQUEST) else rows.filter(live=True)


register_snippet(RequestViewSet)


class DeliveryQueue(ModelViewSet):
    """Deliveries, those that wait to be verified first."""

    model = Delivery
    name = "delivery_queue"
    url_prefix = "deliveries"
    icon = "check"
    menu_label = "Deliveries"
    menu_order = 120
    add_to_admin_menu = True
    list_display = [
        TitleColumn("pledge.request", url_name="delivery_verify", label="Request"),
        Column("pledge.supplier", label="Supplier"),
        Column("claimed_words", label="Claimed"),
        Column("confirmed_words", label="Confirmed"),
        Column("verified_words", label="Verified"),
        Column("state", accessor="get_state_display", sort_key="state"),
        Column("delivered_on", sort_key="delivered_on"),
    ]
    filterset_class = DeliveryFilter
    form_fields = ["note"]
    copy_view_enabled = False
    ordering = ["state", "pk"]

    index_view_class = listing(Delivery.objects.with_pledge)


class CountQueue(ModelViewSet):
    """Pledges in another unit than their commitment, whose count waits for the contract manager."""

    model = Pledge
    name = "count_queue"
    url_prefix = "counts"
    icon = "order"
    menu_label = "Counts to agree"
    menu_order = 121
    add_to_admin_menu = True
    list_display = [
        TitleColumn("request", url_name="count_agree", label="Request"),
        Column("supplier"),
        Column("quantity_words", label="Pledged"),
        Column("commitment"),
        Column("commitment.contract.manager", label="Contract manager"),
        Column("counts", label="Proposed count"),
    ]
    form_fields = ["message"]
    copy_view_enabled = False

    index_view_class = listing(
        lambda: Pledge.objects.counts_to_agree().with_both_sides().select_related("commitment__contract__manager")
    )


@hooks.register("register_admin_viewset")
def register_queues():
    return [DeliveryQueue(), CountQueue(), DeliveryChooser("delivery_chooser")]


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("requests/moderate/", views.request_queue, name="request_queue"),
        path("requests/quick/", quick.request_quick, name="request_quick"),
        path("requests/<int:pk>/decide/", deciding.request_decide, name="request_decide"),
        path("deliveries/verify/", verifying.deliveries_verify, name="deliveries_verify"),
        path("deliveries/<int:pk>/verify/", views.delivery_verify, name="delivery_verify"),
        path("stories/", stories.stories, name="stories"),
        path("stories/<int:pk>/draft/", stories.story_draft, name="story_draft"),
        path("counts/<int:pk>/agree/", views.count_agree, name="count_agree"),
    ]


@hooks.register("register_admin_menu_item")
def register_moderation():
    return PermittedItem(
        "To moderate",
        reverse("request_queue"),
        icon_name="clipboard-list",
        order=99,
        permission=PUBLISH_REQUEST,
    )


@hooks.register("register_admin_menu_item")
def register_quick_entry():
    return PermittedItem(
        "Enter requests", reverse("request_quick"), icon_name="form", order=101, permission=CHANGE_REQUEST
    )


class WritersItem(MenuItem):
    """A menu item for whoever may write pages somewhere."""

    def is_shown(self, request):
        return page_permission_policy.user_has_permission(request.user, "add")


@hooks.register("register_admin_menu_item")
def register_stories():
    return WritersItem("Worth a case study", reverse("stories"), icon_name="doc-full", order=205)


log_words(
    "requests_app",
    {
        "entered": "Entered it for the group",
        "submit": "Submitted to the moderators",
        "take_back": "Took the request back",
        "discard": "Deleted a draft",
        "close": "Closed the request",
        "take_down": "Took the request off the site",
        "reopen": "Said it is still needed",
        "pause": "Paused: nobody said it is still needed",
        "offer": "Pledged",
        "accepted": "Accepted the pledge",
        "declined": "Declined the pledge",
        "hosting_covered": "Left the cost of hosting to the supplier that covers it already",
        "hosting_received": "Said that the money for hosting arrived",
        "lapsed": "Lapsed: nobody answered",
        "withdrawn": "Took the pledge back",
        "completed": "Finished the pledge",
        "let_go": "Let the accepted pledge go",
        "agree_count": "Agreed what the pledge counts for",
        "refuse_count": "Said that the pledge does not count against its commitment",
        "delivery_reopened": "Asked for a delivery to be verified again",
        "delivery_claimed": "Recorded a delivery",
        "delivery_amended": "Changed a claim",
        "delivery_confirmed": "Confirmed a delivery",
        "delivery_corrected": "Confirmed another quantity",
        "delivery_disputed": "Disputed a delivery",
        "delivery_queried": "Queried a delivery",
        "delivery_answered": "Answered a query",
        "delivery_verified": "Verified a delivery",
        "delivery_withdrawn": "Took a delivery back",
        "delivery_evidence": "Added evidence to a delivery",
    },
)
