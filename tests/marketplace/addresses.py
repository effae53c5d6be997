"""Every address that the resolver has, ours, Wagtail's and allauth's, with something to ask it for."""

import io
from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.mail import EmailMessage
from django.urls import get_resolver, reverse
from django.urls.resolvers import RoutePattern, URLPattern, URLResolver
from django.utils import timezone
from PIL import Image
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Site, Task, Workflow

from golden_thread.models import Officer, PartnerRules, TrainingSession
from guidance.models import AuditFinding, Decision, Download, GovernanceGroup, Mapping, Outcome, PageAnswer, Picture
from mail.models import Message
from places.models import Council, District
from vocabulary.models import CountsAs, Need  # fmt: skip

SKIPPED = {
    "javascript_catalog": "words for scripts",
    "wagtailadmin_sprite": "pictures for the staff admin",
    "wagtailadmin_logout": "ends a session",
    "account_logout": "ends a session",
    "wagtail_serve": "pages: see the tests of guidance",
    "media": "renditions of public pictures",
    "wagtailimages_serve": "is not switched on",
    "wagtailadmin_error_test": "raises an error on purpose, for superusers",
}


@dataclass(frozen=True)
class Address:
    name: str
    parameters: tuple

    @property
    def room(self):
        """What it is about: the namespace, without which it is the name itself."""
        return self.name.rpartition(":")[0] or self.name


def walk():
    """[Address] of every named pattern, each once."""
    found = {}

    def look(patterns, spaces):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                look(pattern.url_patterns, [*spaces, pattern.namespace] if pattern.namespace else spaces)
            elif isinstance(pattern, URLPattern) and pattern.name:
                name = ":".join([*spaces, pattern.name])
                if isinstance(pattern.pattern, RoutePattern):
                    parameters = tuple(pattern.pattern.converters)
                else:
                    parameters = tuple(pattern.pattern.regex.groupindex) or ("?",) * pattern.pattern.regex.groups
                if name not in found or len(parameters) > len(found[name].parameters):
                    found[name] = Address(name, parameters)

    look(get_resolver().url_patterns, [])
    return [found[name] for name in sorted(found)]


def make_more(things, people):
    """One of everything else that a staff screen lists, added to `things`."""
    today = timezone.localdate()
    role = things["role"]
    out = io.BytesIO()
    Image.new("RGB", (20, 20)).save(out, "PNG")
    picture = Picture.objects.create(title="Hall", file=ContentFile(out.getvalue(), "hall.png"), width=20, height=20)
    download = Download.objects.create(title="Terms", file=ContentFile(b"words", "terms.txt"))
    EmailMessage("Secret words", "Secret words", to=["a@example.org"]).send()
    group = GovernanceGroup.objects.get(slug="steering")
    return things | {
        "officer": Officer.objects.create(name="Pat Officer").pk,
        "partner_rules": PartnerRules.objects.create(council=Council.objects.last()).pk,
        "trainingsession": TrainingSession.objects.create(title="Plan IDs", held_on=today).pk,
        "audit_finding": AuditFinding.objects.create(
            reference="A1", report="Audit", finding="No owner", reported_on=today
        ).pk,
        "decision": Decision.objects.create(group=group, decided_on=today, decision="Agreed").pk,
        "page_answer": PageAnswer.objects.create(page_id=things["page"], useful=True, answered_on=today).pk,
        "model_line": Outcome.objects.filter(model__slug="central-2026").first().pk,
        "model_mapping": Mapping.objects.first().pk,
        "council": Council.objects.first().pk,
        "district": District.objects.first().pk,
        "need": Need.objects.first().pk,
        "counts_as": CountsAs.objects.first().pk,
        "governancegroup": group.pk,
        "site": Site.objects.first().pk,
        "user": people["charlie"].pk,
        "auth_group": Group.objects.first().pk,
        "collection": Collection.objects.create(name="c", depth=2, path="00010001").pk,
        "image": picture.pk,
        "document": download.pk,
        "document name": download.filename,
        "redirect": Redirect.objects.create(old_path="/old", redirect_link="/").pk,
        "workflow": Workflow.objects.first().pk,
        "task_of_workflow": Task.objects.first().pk,
        "message": Message.objects.order_by("pk").last().pk,
        "role_pk": role,
    }


PK_OF_ROOM = {
    "delivery_queue": "delivery", "delivery_chooser": "delivery", "count_queue": "pledge", "contract": "contract",
    "contract_party": "party",
    "commitment": "commitment", "organisation_queue": "group", "outbox": "message", "review_task": "task",
    "social_value_model": "model", "wagtailsnippets_requests_app_request": "draft",
    "wagtailsnippetchoosers_requests_app_request": "draft", "wagtailsnippets_guidance_role": "role",
    "wagtailsnippetchoosers_guidance_role": "role", "wagtailsnippets_guidance_governancegroup": "governancegroup",
    "wagtailsnippetchoosers_guidance_governancegroup": "governancegroup", "wagtailsites": "site",
    "wagtailusers_users": "user", "wagtailusers_groups": "auth_group", "wagtailadmin_collections": "collection",
    "wagtailimages": "image", "wagtailimages_chooser": "image", "wagtaildocs": "document",
    "wagtaildocs_chooser": "document", "wagtailredirects": "redirect", "wagtailadmin_workflows": "workflow",
    "wagtailadmin_api:pages": "page", "wagtailadmin_api:images": "image", "wagtailadmin_api:documents": "document",
}  # fmt: skip
PK_OF_NAME = {
    "offer": "offer", "offer_edit": "offer", "offer_submit": "offer", "offer_take_back": "offer",
    "offer_close": "offer", "offer_decide": "offer", "ask_new": "offer", "ask": "asked", "ask_grant": "asked",
    "ask_decline": "asked", "ask_take_back": "asked", "referrer_end": "referrer", "campaign_end": "campaign",
    "story_draft": "delivery",
    "organisation_merge": "group",
    "organisation_decide": "group", "delivery_verify": "delivery", "count_agree": "pledge", "import_preview": "import",
    "import_take_back": "import",
    "role_appoint": "role", "review_page": "page", "action_report": "action", "task_close": "task",
    "model_open": "model", "model_publish": "model", "model_withdraw": "model", "model_export": "model",
    "broker_proposal": "proposal", "broker_line": "line", "broker_line_invite": "line", "broker_line_decline": "line",
    "broker_line_judge": "line", "weights_trial": "trial", "thread_undo": "link",
    "message": "message", "alert_change": "alert", "alert_matches": "supplier", "commitment_matches": "commitment",
    "request_helpers": "live", "outcome_evidence": "outcome", "page_answer": "page", "group": "governancegroup",
    "organisation": "group", "organisation_edit": "group", "organisation_join": "supplier", "person_invite": "group",
    "supplier_profile": "supplier", "request": "live", "request_edit": "draft", "request_progress": "live",
    "request_check": "draft", "request_submitted": "draft", "request_take_back": "draft", "request_close": "draft",
    "request_discard": "draft", "question": "question", "question_decide": "question", "report_decide": "report",
    "question_new": "live", "message_new": "pledge", "thanks_hide": "delivery", "certificate_file": "delivery",
    "organisation_public": "group", "day_new": "pledge", "day_choose": "meeting", "day_cancel": "meeting",
    "hosting_received": "pledge",
    "volunteer_days": "live", "volunteer_day_new": "live", "volunteer_day_call_off": "volunteer day",
    "places_new": "volunteer task", "booking": "booking",
    "request_reopen": "live", "request_copy": "live", "request_keep": "live",
    "request_short": "live", "request_poster": "live", "pledge_new": "live",
    "pledge_new_as": "live",
    "picture": "picture", "picture_avif": "picture", "picture_webp": "picture",
    "pledge": "pledge", "pledge_accept": "offered", "pledge_decline": "offered",
    "pledge_withdraw": "offered", "pledge_finish": "pledge", "pledge_let_go": "pledge",
    "question_take_back": "question", "delivery_new": "pledge", "delivery": "delivery",
    "delivery_confirm": "delivery", "delivery_amend": "delivery", "delivery_withdraw": "delivery",
    "evidence_add": "delivery",
    "delivery_answer": "delivery", "evidence": "evidence", "commitment": "commitment", "contract": "contract",
    "commitment_account": "commitment", "plan_answer": "commitment",
    "carry_forward": "commitment", "substitute": "commitment", "value_choose": "commitment",
    "contract_handover": "contract",
    "contract_performance": "contract", "performance_notice": "contract", "improvement": "improvement",
    "improvement_answer": "improvement",
    "contract_invite": "contract",
    "plan_write": "commitment", "return_line_new": "commitment", "return_line_correct": "return line",
    "return_line_verify": "return line",
    "return_detail": "return", "return_nothing": "return", "return_upload": "return", "return_workbook": "return",
    "return_decide": "return", "paper": "paper", "paper_file": "paper",
    "sample": "sample", "sample_staff": "sample", "sample_item": "sample item", "return_file": "return file",
    "request_picture_remove": "draft", "person_admit": "group", "person_remove": "group",
    "person_change_role": "group", "wagtailadmin_workflows:edit_task": "task_of_workflow",
    "wagtailadmin_workflows:disable_task": "task_of_workflow", "wagtailadmin_workflows:enable_task": "task_of_workflow",
    "wagtailadmin_workflows:task_chosen": "task_of_workflow",
}  # fmt: skip
BY_PARAMETER = {
    "page_id": "draft page", "page_pk": "draft page", "parent_page_id": "page", "page_to_move_id": "draft page",
    "page_to_copy_id": "draft page", "destination_id": "page", "image_id": "image", "document_id": "document",
    "site_pk": "site", "redirect_id": "redirect", "task_id": "task_of_workflow", "person": "asking",
    "supplier": "supplier", "upload": "picture", "outcome": "outcome", "organisation": "group",
    "root_page_id": "page", "workflow_pk": "workflow", "collection_id": "collection",
}  # fmt: skip
CONSTANT = {
    "app_name": "golden_thread", "model_name": "goldenthreadrules", "app_label": "guidance",
    "content_type_app_name": "guidance", "content_type_model_name": "guidancepage", "parent_page": "1",
    "step": "need", "kind": "vcse", "what": "lines", "metric": "linked_rolling", "action": "publish",
    "ending": "docx", "name": "promised", "action_name": "approve", "slug": "central-2025", "token": "forged",
    "key": "forged", "path": "none.jpg", "filename": "terms.txt", "filter_spec": "max-100x100", "version": "v3",
    "uidb36": "zz", "object_id": "1", "session_id": "0", "revision_id": "1", "revision_id_a": "live",
    "revision_id_b": "latest", "uploaded_image_id": "1", "uploaded_file_id": "1", "workflow_state_id": "1",
    "task_state_id": "1", "page_view_restriction_id": "1", "signature": "x", "task_state": "1",
    "lang": "en", "width": "320",
}  # fmt: skip


def path_of(address, things):
    """The path to ask for, or None where nothing can be put into it."""
    values = {}
    for parameter in address.parameters:
        if parameter == "pk":
            named = PK_OF_NAME.get(address.name) or PK_OF_ROOM.get(address.room) or address.room
            values[parameter] = things.get(named, 1)
        elif parameter in BY_PARAMETER:
            values[parameter] = things[BY_PARAMETER[parameter]]
        else:
            values[parameter] = CONSTANT.get(parameter, "1")
    values |= OWN_VALUES.get(address.name, lambda things: {})(things)
    if "?" in values:
        return reverse(address.name, args=POSITIONAL[address.name](things))
    return reverse(address.name, kwargs=values)


OWN_VALUES = {
    "delivery_by_link": lambda things: {"token": things["token"]},
    "evidence_by_link": lambda things: {"token": "forged", "pk": things["evidence"]},  # a true one: test_delivery_pages
    "message_by_link": lambda things: {"token": things["message token"]},
    "certificate": lambda things: {"code": things["certificate"]},
    "still_needed": lambda things: {"token": things["need token"]},
    "invitation": lambda things: {"token": things["invitation"]},
    "confirm_address": lambda things: {"token": things["address token"]},
    "day_file": lambda things: {"token": things["day token"]},
    "volunteer_day_file": lambda things: {"token": things["volunteer token"]},
    "organisation_enter": lambda things: {"kind": "informal"},
    "day_feed": lambda things: {"token": things["feed token"]},
    "campaign": lambda things: {"code": things["code"]},
    "invited": lambda things: {"token": things["invited token"]},
    "sponsor": lambda things: {"token": things["sponsor token"]},
    "alert_stop": lambda things: {"key": things["alert key"]},
    "group": lambda things: {"slug": "steering"},
    "wagtail_bulk_action": lambda things: {"app_label": "wagtailcore", "model_name": "page", "action": "publish"},
    "wagtailadmin_editing_sessions:ping": lambda things: {
        "app_label": "requests_app", "model_name": "request", "object_id": str(things["draft"])},
}  # fmt: skip
POSITIONAL = {
    "wagtaildocs_serve": lambda things: [things["document"], things["document name"]],
    "wagtaildocs_authenticate_with_password": lambda things: [1],
}
