"""The staff home: what waits, with clocks, then what each role works on."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from golden_thread import figures, published
from golden_thread import rules as thread_rules
from golden_thread.permissions import ADD_SNAPSHOT
from guidance.governance import roles
from guidance.upkeep import reviews
from importing import kinds
from importing.models import ImportRun
from reports import facts
from reports.permissions import VIEW_PAPER
from returns.models import Return
from suppliers import top
from suppliers.models import Commitment, Contract
from suppliers.pace import Pace
from suppliers.permissions import ADD_COMMITMENT, VIEW_CONTRACT

from . import dashboards

MOST_CONTRACTS, MOST_COMING, MOST_RUNS, MOST_PAGES = 8, 6, 5, 8
NOTHING_DUE = 1000  # as a share, above any that is


class WaitingPanel(Component):
    """All that waits for this person, as their own page says it."""

    name, order = "waiting", 0
    template_name = "marketplace/admin/waiting.html"

    def __init__(self, waiting):
        self.waiting = waiting

    @property
    def title(self):
        """The state of things as a heading: "18 things wait for you, 2 are late"."""
        count, late = (sum(getattr(thing, name) for thing in self.waiting) for name in ("count", "late"))
        if not count:
            return "Nothing waits for you"
        words = "1 thing waits for you" if count == 1 else f"{count} things wait for you"
        return f"{words}, {late} {'is' if late == 1 else 'are'} late" if late else words

    def get_context_data(self, parent_context):
        return {"waiting": self.waiting}


class ContractsPanel(Component):
    """A contract manager's contracts, furthest behind first, each by the unit that is furthest behind."""

    name, order = "contracts", 10
    template_name = "marketplace/admin/contracts.html"

    def __init__(self, user):
        self.user = user

    def get_context_data(self, parent_context):
        today = timezone.localdate()
        mine = Contract.objects.filter(manager=self.user)
        in_all = mine.count()
        count, ranked = top.current(today, None, Commitment.objects.filter(contract__in=mine))
        found = [furthest(row, today) for row in ranked]
        rows = sorted(found, key=lambda row: (by_pace(row.standing), row.contract.pk))
        ends = mine.filter(end__gte=today).order_by("end")[:MOST_COMING]
        returns = Return.objects.filter(contract__in=mine).to_send().with_contract().order_by("due_on", "pk")
        return {
            "rows": rows[:MOST_CONTRACTS],
            "more": max(count - MOST_CONTRACTS, 0),
            "in_all": in_all,
            "without_plan": in_all - count,
            "ends": ends,
            "returns": returns[:MOST_COMING],
            "list_url": f"{reverse('contract:index')}?manager={self.user.pk}",
        }


@dataclass(frozen=True)
class FurthestBehind:
    """A contract by its unit that is furthest behind (a pace.Standing), and how many units are behind of how many."""

    contract: Contract
    standing: object
    behind: int
    units: int


def furthest(ranked, day):
    """The FurthestBehind of a top.Ranked."""
    standings = ranked.standings(day)
    worst = min(standings, key=by_pace)
    behind = sum(standing.pace == Pace.BEHIND for standing in standings)
    return FurthestBehind(ranked.contract, worst, behind, len(standings))


def by_pace(standing):
    """What is called behind comes first, then the least confirmed of each that was expected by now."""
    share = standing.confirmed / standing.expected if standing.expected else NOTHING_DUE
    return standing.pace != Pace.BEHIND, share


class LeadersPanel(Component):
    """The council's figures in short, as the page for leaders has them."""

    name, order = "leaders", 20
    template_name = "marketplace/admin/leaders.html"

    def get_context_data(self, parent_context):
        return {"facts": facts.kept_of(timezone.localdate())}


class ImportsPanel(Component):
    """A procurement officer's files: those that were looked at and not saved, the last that were, months to publish."""

    name, order = "imports", 30
    template_name = "marketplace/admin/imports.html"

    def __init__(self, user):
        self.user = user

    def get_context_data(self, parent_context):
        labels = {kind: importer.label for kind, importer in kinds.offered_to(self.user).items()}
        runs = [
            (run, labels[run.kind])
            for run in ImportRun.objects.filter(kind__in=labels).select_related("started_by")[:MOST_RUNS]
        ]
        to_publish = len(published.due(thread_rules.current())) if self.user.has_perm(ADD_SNAPSHOT) else 0
        return {
            "runs": runs,
            "day": figures.newest_day(),
            "to_publish": to_publish,
            "may_see_thread": self.user.has_perm(VIEW_CONTRACT),
        }


class GuidancePanel(Component):
    """An editor's pages of guidance: those that their roles keep, the first due for review first."""

    name, order = "guidance", 15
    template_name = "marketplace/admin/guidance.html"

    def __init__(self, kept):
        self.kept = kept

    def get_context_data(self, parent_context):
        today = timezone.localdate()
        rows = [(page, review, review is None or review.due_on <= today) for page, review in self.kept]
        return {"rows": rows[:MOST_PAGES], "in_all": len(rows), "due": sum(is_due for *_, is_due in rows)}


KEPT = ("user_objects_in_workflow_moderation", "recent_edits")
"""Wagtail's own panels that stay: what an editor sent on, and what they wrote last. The others say what waits twice."""


def panels_for(user, wagtails):
    """The panels of the staff home for one person: ours, then those of Wagtail's that stay."""
    found = [WaitingPanel(dashboards.waiting_for(user))]
    if user.has_perm(ADD_COMMITMENT) and Contract.objects.filter(manager=user).exists():
        found.append(ContractsPanel(user))
    if kept := reviews.coming(roles.held_by(user, timezone.localdate())):
        found.append(GuidancePanel(kept))
    if user.has_perm(VIEW_PAPER):
        found.append(LeadersPanel())
    if kinds.offered_to(user):
        found.append(ImportsPanel(user))
    return found + [panel for panel in wagtails if panel.name in KEPT]
