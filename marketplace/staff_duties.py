"""What waits for council staff: cases of every queue that they may decide, then what their roles and contracts ask."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from desk import deciding, queues
from desk.clocks import allowing, until
from guidance.approval.task import OwnerApproval
from guidance.governance import roles, vacancies
from guidance.models import Action, ActionUpdate, ReviewTask
from guidance.permissions import CHANGE_REVIEW_TASK, CHANGE_ROLE, VIEW_ACTION, VIEW_REVIEW
from guidance.upkeep import reviews
from mail.models import Message
from mail.permissions import CHANGE_MESSAGE
from performance import assessing, improving
from performance.models import Improvement
from performance.permissions import ADD_ASSESSMENT
from returns.models import Return
from returns.permissions import CHANGE_RETURN
from suppliers import agreeing, managers, plans
from suppliers.models import Commitment, Contract
from suppliers.permissions import ADD_COMMITMENT, ADD_CONTRACT

from .waiting import Waiting

NAMED = 3  # cases of a queue that are named one by one
APPROVE_DAYS, TASK_DAYS, MOST_PLANS = 5, 10, 20


@dataclass(frozen=True)
class Worklist:
    """What waits for whoever holds a right and is no case to decide: how many, in words for one and many, and where."""

    right: str
    count: Callable
    one: str
    many: str
    where: str
    query: str = ""

    def waiting(self):
        """[Waiting] of this list: one line, or none where nothing waits."""
        count = self.count()
        words = f"{count} {self.one if count == 1 else self.many}"
        return [Waiting(words, reverse(self.where) + self.query)] if count else []


WORKLISTS = (
    Worklist(
        ADD_CONTRACT,
        lambda: Contract.objects.filter(supplier=None, made_for_import=False).count(),
        "contract names no supplier who signed up",
        "contracts name no supplier who signed up",
        "contract:index",
        "?has_supplier=false",
    ),
    Worklist(
        ADD_COMMITMENT,
        lambda: managers.without_manager().count(),
        "contract with a promise has no manager",
        "contracts with a promise have no manager",
        "hand_over",
    ),
    Worklist(
        CHANGE_MESSAGE,
        lambda: Message.objects.stuck().count(),
        "e-mail did not go out",
        "e-mails did not go out",
        "mail_stuck",
    ),
    Worklist(
        VIEW_REVIEW,
        lambda: len(reviews.due(timezone.localdate())),
        "guidance page is due for review",
        "guidance pages are due for review",
        "guidance_health_report",
    ),
    Worklist(
        CHANGE_REVIEW_TASK,
        lambda: ReviewTask.objects.filter(closed_at=None).count(),
        "review task is open",
        "review tasks are open",
        "review_task:index",
    ),
    Worklist(
        VIEW_ACTION,
        lambda: _actions().filter(target_on__lt=timezone.localdate()).count(),
        "action is past its date",
        "actions are past their date",
        "action:index",
    ),
)


def for_staff(user):
    """[Waiting] of a member of staff, in no order; nothing for anybody else."""
    if not user.is_council_staff:
        return []
    things = [thing for queue in queues.open_to(user) for thing in cases_of(queue, user)]
    things += [thing for row in WORKLISTS if user.has_perm(row.right) for thing in row.waiting()]
    things += [*approvals_of(user), *guidance_of(user), *vacant_for(user)]
    things += late_returns_of(user) if user.has_perm(CHANGE_RETURN) else []
    things += performance_of(user) if user.has_perm(ADD_ASSESSMENT) else []
    return things + ([*plans_of(user), *behind_of(user)] if user.has_perm(ADD_COMMITMENT) else [])


def cases_of(queue, user):
    """[Waiting] of a queue: what this person has taken on, then the first due, at most NAMED; the rest in one line.

    What a colleague has taken on is left to them.
    """
    held, cases = deciding.held(queue.name), queue.of(user)
    mine = [case for case in cases if held.get(case.pk) == user]
    free = [case for case in cases if case.pk not in held]
    room = max(NAMED - len(mine), 0)
    named = [*mine, *free[: room + (len(free) == room + 1)]]  # a single one more is named as well
    found = [Waiting(case.words, case.url, case.about, case.clock) for case in named]
    rest = len(mine) + len(free) - len(named)
    if rest:
        others = [case for case in free if case not in named]
        late = sum(case.clock.is_late for case in others)
        found.append(Waiting(queue.say(rest, "more "), queue.url, "", others[0].clock, rest, late))
    return found


def approvals_of(user):
    """[Waiting] of pages that this person may approve, each with how long it has waited."""
    found = []
    for task in OwnerApproval.objects.all():
        for state in task.get_task_states_user_can_moderate(user).select_related("revision"):
            page, since = state.workflow_state.content_object, timezone.localdate(state.started_at)
            url = reverse("wagtailadmin_pages:edit", args=[page.pk])
            title = state.revision.object_str if state.revision else str(page)
            found.append(Waiting("Approve a page, or return it", url, title, allowing(since, APPROVE_DAYS)))
    return found


def guidance_of(user):
    """[Waiting] of what the roles that a person holds ask: pages to review, tasks, actions."""
    today = timezone.localdate()
    held = roles.held_by(user, today)
    if not held:
        return []
    found = [
        Waiting(
            "Review a page you keep", reverse("review_page", args=[page.pk]), page.title,
            until(review.reviewed_on, review.due_on),
        )
        for page, review in reviews.due(today)
        if {page.owner_role_id, page.deputy_role_id} & held
    ]  # fmt: skip
    for task in ReviewTask.objects.filter(role__in=held, closed_at=None):
        clock = allowing(timezone.localdate(task.opened_at), TASK_DAYS)
        found.append(Waiting("Close a review task", reverse("task_close", args=[task.pk]), str(task), clock))
    for action in _actions().filter(owner__in=held):
        clock = until(action.target_on, action.target_on)
        found.append(Waiting("Report on an action", reverse("action_report", args=[action.pk]), str(action), clock))
    return found


def _actions():
    going = [ActionUpdate.Status.OPEN, ActionUpdate.Status.UNDER_WAY]
    return Action.objects.with_latest().filter(status__in=going)


def vacancy_url(user, role):
    """Where a vacancy is ended, or for whoever may not end it, where all of them stand."""
    may = user.has_perm(CHANGE_ROLE)
    return reverse("role_appoint", args=[role.pk]) if may else reverse("guidance_health_report")


def vacant_for(user):
    """[Waiting] of roles that keep pages and that nobody holds, where this person may see or fill them."""
    if not (user.has_perm(VIEW_REVIEW) or user.has_perm(CHANGE_ROLE)):
        return []
    return [
        Waiting(
            f"{vacancy.role} is vacant and keeps {len(vacancy.pages)} page{'' if len(vacancy.pages) == 1 else 's'}",
            vacancy_url(user, vacancy.role),
        )
        for vacancy in vacancies.vacancies(timezone.localdate())
    ]


def late_returns_of(user):
    """[Waiting] of returns that suppliers of this manager's contracts have not sent: one line, or none."""
    count = Return.objects.filter(contract__manager=user).late(timezone.localdate()).count()
    words = "return of a contract of yours is late" if count == 1 else "returns of contracts of yours are late"
    return [Waiting(f"{count} {words}", f"{reverse('return_queue')}?queue=late")] if count else []


def plans_of(user):
    """[Waiting] of this manager's contracts: plans that suppliers did not accept, and promises without a plan four
    weeks after award.
    """
    mine = Contract.objects.filter(manager=user)
    refused = agreeing.refused(Commitment.objects.filter(contract__in=mine))[:MOST_PLANS]
    return [
        Waiting(
            "Change the delivery plan that its supplier did not accept",
            reverse("plan_write", args=[plan.commitment_id]),
            str(plan.commitment),
        )
        for plan in refused
    ] + [
        Waiting("Write the delivery plan that is due", reverse("plan_write", args=[commitment.pk]), str(commitment))
        for commitment in agreeing.without_plan(mine, timezone.localdate())[:MOST_PLANS]
    ]


def to_rate(user, today):
    """[Waiting] of indicators to rate, one a contract, at most NAMED; the rest in one line."""
    first = {}
    rows = assessing.indicators(Commitment.objects.filter(contract__manager=user), today)
    for one in sorted((one for one in rows if one.is_due(today)), key=lambda one: one.due_on):
        first.setdefault(one.commitment.contract, []).append(one)
    found = []
    for contract, due in list(first.items())[:NAMED]:
        words = "Rate a key performance indicator" if len(due) == 1 else f"Rate {len(due)} key performance indicators"
        url, clock = reverse("contract_performance", args=[contract.pk]), _allowed(due[0])
        found.append(Waiting(words, url, str(contract), clock))
    rest = list(first.values())[NAMED:]
    if rest:
        late = sum(due[0].due_on < today for due in rest)
        words = f"{len(rest)} more contract{'s have' if len(rest) > 1 else ' has'} indicators to rate"
        found.append(Waiting(words, reverse("clocks"), "", _allowed(rest[0][0]), len(rest), late))
    return found


def _allowed(indicator):
    return until(indicator.due_on - assessing.SOON, indicator.due_on)


def performance_of(user):
    """[Waiting] of this manager's contracts: indicators to assess, what had its time to improve, notices to publish."""
    today = timezone.localdate()
    found = to_rate(user, today)
    mine = Improvement.objects.filter(commitment__contract__manager=user).select_related("commitment")
    for row in mine.filter(settled_on=None, until__lt=today):
        url = reverse("improvement", args=[row.pk])
        found.append(Waiting("Say whether it improved", url, row.what[:80], until(row.asked_on, row.until)))
    for row in mine.to_publish():
        url, due_on = reverse("improvement", args=[row.pk]), improving.notice_due_on(row)
        clock = until(row.settled_on, due_on)
        found.append(Waiting("Publish a notice of poor performance", url, str(row.commitment), clock))
    return found


def behind_of(user):
    """[Waiting] of commitments of this contract manager's that are behind their plan: one line, or none."""
    count = len(plans.behind(Commitment.objects.filter(contract__manager=user), timezone.localdate()))
    words = "commitment of yours is behind its plan" if count == 1 else "commitments of yours are behind their plan"
    return [Waiting(f"{count} {words}", reverse("behind_plan"))] if count else []
