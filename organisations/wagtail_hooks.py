"""Staff screens: organisations that wait for the council's answer, and the log's words."""

from django.urls import path
from wagtail import hooks
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from screens.frames import log_words
from screens.policies import ViewOnly, listing

from . import staff, staff_doors, staff_entering
from .models import Organisation

register_permission_policy(Organisation, ViewOnly(Organisation))


class OrganisationQueue(ModelViewSet):
    model = Organisation
    name = "organisation_queue"
    url_prefix = "organisations"
    icon = "group"
    menu_label = "Organisations"
    menu_order = 110
    add_to_admin_menu = True
    list_display = [
        TitleColumn("name", url_name="organisation_decide", label="Name"),
        Column("kind", accessor="get_kind_display"),
        Column("district"),
        Column("state", accessor="get_state_display", sort_key="state"),
        Column("change", accessor=lambda row: "Wants to change its details" if row.change_waits else ""),
        Column("created_at", label="Signed up", sort_key="created_at"),
    ]
    list_filter = ["state", "kind", "district"]
    search_fields = ["name", "charity_number", "company_number"]
    search_backend_name = None
    form_fields = ["name", "what_it_does", "contact_name", "contact_email"]
    copy_view_enabled = False
    ordering = ["-change_waits", "-state", "created_at"]

    index_view_class = listing(lambda: staff.with_changes().select_related("district"))


@hooks.register("register_admin_viewset")
def register_queue():
    return OrganisationQueue()


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("organisations/<int:pk>/decide/", staff.decide, name="organisation_decide"),
        path("organisations/enter/<slug:kind>/", staff_entering.organisation_enter, name="organisation_enter"),
        path("organisations/<int:pk>/merge/", staff.merge, name="organisation_merge"),
        path("launch/doors/", staff_doors.launch_doors, name="launch_doors"),
        path("launch/doors/mode/", staff_doors.launch_mode, name="launch_mode"),
        path("launch/doors/<int:pk>/end/", staff_doors.campaign_end, name="campaign_end"),
    ]


log_words(
    "organisations",
    {
        "set_doors": "Changed who may sign up",
        "start_campaign": "Made a code for signing up",
        "end_campaign": "Ended a code for signing up",
        "rename": "Changed their name",
        "waiting": "Waits for the council",
        "entered": "Entered for a group that staff met",
        "approved": "Approved",
        "refused": "Not approved",
        "closed": "Closed",
        "own_side": "Decided for a side of their own, as nobody else could",
        "merge": "Took over another record of the same organisation",
        "merged": "Merged into another record of the same organisation",
        "change": "Changed its details",
        "change_proposed": "Proposed a change of what was approved",
        "change_taken_back": "Took a proposed change back",
        "change_replaced": "Proposed another change in place of the one that waited",
        "change_agreed": "Agreed to a change of what was approved",
        "change_refused": "Did not agree to a change of what was approved",
        "sponsor_asked": "Asked the sponsor to vouch",
        "sponsor_answered": "The sponsor answered",
        "invite": "Invited a colleague",
        "join": "Accepted an invitation",
        "ask_to_join": "Asked to join",
        "admit": "Admitted a colleague",
        "leave": "Removed a colleague",
        "change_role": "Changed a role",
        "contact_moved": "The contact’s address changed",
        "contact_passed": "Somebody else became the contact, as the contact left",
    },
)
