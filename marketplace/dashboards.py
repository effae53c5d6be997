"""What waits for each kind of person, most urgent first."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from wagtail.models import WorkflowState

from guidance.approval.task import OwnerApproval
from guidance.governance import roles, vacancies
from guidance.models import ReviewTask
from guidance.permissions import CHANGE_REVIEW_TASK, VIEW_REVIEW
from guidance.upkeep import reviews
from mail.models import Message
from mail.permissions import CHANGE_MESSAGE
from organisations.models import Membership, Organisation, OrganisationChange
from organisations.permissions import CHANGE_ORGANISATION
from requests_app import moderation
from requests_app.models import Delivery, Pledge, Request
from requests_app.permissions import CHANGE_DELIVERY, PUBLISH_REQUEST
from returns.models import Return
from returns.permissions import CHANGE_RETURN
from suppliers import agreeing, managers, plans, sums
from suppliers.models import Commitment, Contract
from suppliers.permissions import ADD_COMMITMENT, ADD_CONTRACT, VIEW_COMMITMENT


@dataclass
class Waiting:
    """One thing to do: a sentence, where to do it, and what it is about."""

    words: str
    url: str
    about: str = ""


def for_person(user):
    """Context of the dashboard: what waits, then each hat's own lists."""
    memberships = list(
        Membership.objects.filter(user=user).select_related("organisation").order_by("organisation__name")
    )
    mine = [m.organisation for m in memberships if m.admitted_at]
    posting = [organisation for organisation in mine if not organisation.is_supplier]
    ids = [organisation.pk for organisation in mine]
    return {
        "memberships": memberships,
        "organisations": mine,
        "posting": posting,
        "waiting": [*for_requestor(ids), *for_supplier(ids), *for_staff(user)],
        "requests": own_requests(ids),
        "pledges": Pledge.objects.filter(supplier__in=ids).with_both_sides()[:20],
        "commitments": Commitment.objects.of(user).with_balance()[:20],
        "sums": sums.by_unit() if user.has_perm(VIEW_COMMITMENT) else [],
        "is_supplier": any(o.is_supplier for o in mine),
        "may_import": user.has_perm(ADD_CONTRACT) or user.has_perm(ADD_COMMITMENT),
        "sees_every_commitment": user.has_perm(VIEW_COMMITMENT),
    }


def own_requests(ids):
    """The newest twenty requests of these organisations, each with where it stands in words."""
    requests = list(Request.objects.filter(organisation__in=ids).select_related("totals").order_by("-pk")[:20])
    states = WorkflowState.objects.filter(
        base_content_type__app_label="requests_app", object_id__in=[str(request.pk) for request in requests]
    )
    with_moderator = dict(states.order_by("created_at").values_list("object_id", "status"))
    words = {"in_progress": "With a moderator", "needs_changes": "Returned to you"}
    for request in requests:
        if request.live:
            request.stands = "Met" if request.totals.fulfilled else request.totals.get_state_display()
        else:
            request.stands = words.get(with_moderator.get(str(request.pk)), "Draft")
    return requests


def for_requestor(ids):
    """Pledges to answer, deliveries to confirm, requests returned, people who ask to join."""
    things = []
    for pledge in Pledge.objects.waiting_for_answer().filter(request__organisation__in=ids).with_both_sides():
        due = timezone.localtime(pledge.answer_due_at)
        words = f"Answer {pledge.supplier}’s pledge of {pledge.quantity_words} by {due:%-d %B}"
        things.append(Waiting(words, pledge.get_absolute_url(), pledge.request.title))
    claimed = Delivery.objects.to_confirm().with_pledge().filter(pledge__request__organisation__in=ids)
    for delivery in claimed.order_by("pk"):
        words = f"Confirm that {delivery.claimed_words} arrived from {delivery.pledge.supplier}"
        things.append(Waiting(words, delivery.get_absolute_url(), delivery.pledge.request.title))
    returned = Request.objects.filter(organisation__in=ids, workflow_states__status="needs_changes").distinct()
    for request in returned:
        url = reverse("request_check", args=[request.pk])
        things.append(Waiting("Change your request: the council has returned it", url, str(request)))
    owned = Membership.objects.asking().filter(
        organisation__in=Membership.objects.filter(role="owner", organisation__in=ids).values("organisation")
    )
    for membership in owned.select_related("user", "organisation"):
        url = membership.organisation.get_absolute_url()
        things.append(Waiting(f"{membership.user} asks to join", url, str(membership.organisation)))
    return things


def for_supplier(ids):
    """Deliveries that were disputed or queried, pledges accepted with nothing recorded yet."""
    things = []
    troubled = Delivery.objects.questioned().with_pledge().filter(pledge__supplier__in=ids)
    for delivery in troubled:
        asks = "The group disputes" if delivery.is_disputed else "The council asks about"
        words = f"{asks} a delivery of {delivery.claimed_words}"
        things.append(Waiting(words, delivery.get_absolute_url(), delivery.pledge.request.title))
    owed = Return.objects.to_send().filter(contract__supplier__in=ids).select_related("contract")
    for of_return in owed.order_by("due_on", "pk"):
        verb = "Answer what is asked of" if of_return.sent_at else "Send"
        words = f"{verb} your return for {of_return.period}, due on {of_return.due_on:%-d %B}"
        things.append(Waiting(words, of_return.get_absolute_url(), of_return.contract.title))
    for plan in agreeing.to_answer(Commitment.objects.filter(contract__supplier__in=ids)):
        words = f"Answer the delivery plan by {agreeing.answer_due_on(plan):%-d %B}"
        things.append(Waiting(words, plan.commitment.get_absolute_url(), str(plan.commitment)))
    accepted = Pledge.objects.to_deliver().filter(supplier__in=ids)
    for pledge in accepted.with_both_sides():
        words = f"Deliver {pledge.quantity_words} to {pledge.request.organisation}"
        things.append(Waiting(words, pledge.get_absolute_url(), pledge.request.title))
    return things


@dataclass(frozen=True)
class Queue:
    """What waits in the staff admin for whoever holds a right: how many, in words for one and for many, and where."""

    right: str
    count: Callable
    one: str
    many: str
    where: str

    def waiting(self):
        """[Waiting] of this queue: one line, or none where nothing waits."""
        count = self.count()
        return [Waiting(f"{count} {self.one if count == 1 else self.many}", reverse(self.where))] if count else []


QUEUES = (
    Queue(
        CHANGE_ORGANISATION,
        lambda: Organisation.objects.waiting().count(),
        "organisation waits for approval",
        "organisations wait for approval",
        "organisation_queue:index",
    ),
    Queue(
        CHANGE_ORGANISATION,
        lambda: OrganisationChange.objects.waiting().count(),
        "organisation wants to change its details",
        "organisations want to change their details",
        "organisation_queue:index",
    ),
    Queue(
        PUBLISH_REQUEST,
        lambda: moderation.queue().count(),
        "request waits for a moderator",
        "requests wait for a moderator",
        "request_queue",
    ),
    Queue(
        CHANGE_DELIVERY,
        lambda: Delivery.objects.to_verify().count(),
        "delivery waits to be verified",
        "deliveries wait to be verified",
        "delivery_queue:index",
    ),
    Queue(
        CHANGE_DELIVERY,
        lambda: Pledge.objects.counts_to_agree().count(),
        "pledge waits for its count",
        "pledges wait for their count",
        "count_queue:index",
    ),
    Queue(
        ADD_CONTRACT,
        lambda: Contract.objects.filter(supplier=None, made_for_import=False).count(),
        "contract names no supplier who signed up",
        "contracts name no supplier who signed up",
        "contract:index",
    ),
    Queue(
        ADD_COMMITMENT,
        lambda: managers.without_manager().count(),
        "contract with a promise has no manager",
        "contracts with a promise have no manager",
        "hand_over",
    ),
    Queue(
        CHANGE_MESSAGE,
        lambda: Message.objects.stuck().count(),
        "e-mail did not go out",
        "e-mails did not go out",
        "mail_stuck",
    ),
    Queue(
        VIEW_REVIEW,
        lambda: len(reviews.due(timezone.localdate())),
        "guidance page is due for review",
        "guidance pages are due for review",
        "guidance_health_report",
    ),
    Queue(
        VIEW_REVIEW,
        lambda: len(vacancies.vacancies()),
        "role that keeps pages is vacant",
        "roles that keep pages are vacant",
        "wagtailadmin_home",
    ),
    Queue(
        CHANGE_REVIEW_TASK,
        lambda: ReviewTask.objects.filter(closed_at=None).count(),
        "review task is open",
        "review tasks are open",
        "review_task:index",
    ),
)


def for_staff(user):
    """Counts of what waits in the staff admin, each with its queue; then what waits for this person by name."""
    if not user.is_council_staff:
        return []
    things = [line for queue in QUEUES if user.has_perm(queue.right) for line in queue.waiting()]
    if not user.has_perm(VIEW_REVIEW):
        things += reviews_of(user)
    mine = len(approvals_for(user))
    if mine:
        words = "page waits for your approval" if mine == 1 else "pages wait for your approval"
        things.append(Waiting(f"{mine} {words}", reverse("wagtailadmin_home")))
    things += returns_to_answer(user) if user.has_perm(CHANGE_RETURN) else []
    return things + ([*plans_of(user), *behind_of(user)] if user.has_perm(ADD_COMMITMENT) else [])


def returns_to_answer(user):
    """[Waiting] of returns of this contract manager's contracts: those to answer, and those that are late."""
    rows, today = Return.objects.filter(contract__manager=user), timezone.localdate()
    found = []
    for key, waiting, one, many in (
        ("waiting", rows.to_answer(), "return waits for your answer", "returns wait for your answer"),
        ("late", rows.late(today), "return of a contract of yours is late", "returns of contracts of yours are late"),
    ):
        count = waiting.count()
        if count:
            url = f"{reverse('return_queue')}?queue={key}"
            found.append(Waiting(f"{count} {one if count == 1 else many}", url))
    return found


def plans_of(user):
    """[Waiting] of contracts of this manager's that were awarded four weeks ago and have promises without a plan."""
    mine = Contract.objects.filter(manager=user)
    return [
        Waiting("Write the delivery plan that is due", reverse("plan_write", args=[commitment.pk]), str(commitment))
        for commitment in agreeing.without_plan(mine, timezone.localdate())[:20]
    ]


def behind_of(user):
    """[Waiting] of commitments of this contract manager's that are behind their plan: one line, or none."""
    count = len(plans.behind(Commitment.objects.filter(contract__manager=user), timezone.localdate()))
    words = "commitment of yours is behind its plan" if count == 1 else "commitments of yours are behind their plan"
    return [Waiting(f"{count} {words}", reverse("behind_plan"))] if count else []


def reviews_of(user):
    """[Waiting] of pages whose review is due, kept by a role that the person holds."""
    today = timezone.localdate()
    held = roles.held_by(user, today)
    return [
        Waiting("Review a page you keep", reverse("review_page", args=[page.pk]), page.title)
        for page, _ in (reviews.due(today) if held else [])
        if page.owner_role_id in held
    ]


def approvals_for(user):
    """Task states of pages that this person may approve."""
    found = []
    for task in OwnerApproval.objects.all():
        found += task.get_task_states_user_can_moderate(user)
    return found
