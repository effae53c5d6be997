"""The staff home: what waits, with clocks, then what each role works on."""

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from returns.models import Return
from suppliers import top
from suppliers.models import Commitment, Contract
from suppliers.permissions import ADD_COMMITMENT

from . import dashboards

MOST_CONTRACTS, SOON_DAYS, MOST_COMING = 8, 60, 6


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
        count, ranked = top.current(today, None, Commitment.objects.filter(contract__in=mine))
        rows = sorted((furthest(row, today) for row in ranked), key=lambda row: (row["share"], row["contract"].pk))
        ends = mine.filter(end__gte=today).order_by("end")[:MOST_COMING]
        returns = Return.objects.filter(contract__in=mine).to_send().with_contract().order_by("due_on", "pk")
        return {
            "rows": rows[:MOST_CONTRACTS],
            "more": max(count - MOST_CONTRACTS, 0),
            "in_all": mine.count(),
            "without_plan": mine.count() - count,
            "ends": ends,
            "returns": returns[:MOST_COMING],
            "list_url": f"{reverse('contract:index')}?manager={self.user.pk}",
        }


def furthest(ranked, day):
    """How a contract stands: its unit that is furthest behind, and how many units are behind of how many."""
    standings = ranked.standings(day)
    worst = min(standings, key=share_of)
    behind = sum(standing.pace == "Behind" for standing in standings)
    return {
        "contract": ranked.contract, "standing": worst, "share": share_of(worst), "behind": behind,
        "units": len(standings),
    }  # fmt: skip


def share_of(standing):
    """Confirmed of each that was expected by now; far above where nothing was due yet."""
    return standing.confirmed / standing.expected if standing.expected else 1000


KEPT = ("user_objects_in_workflow_moderation", "recent_edits")
"""Wagtail's own panels that stay: what an editor sent on, and what they wrote last. The others say what waits twice."""


def panels_for(user, wagtails):
    """The panels of the staff home for one person: ours, then those of Wagtail's that stay."""
    found = [WaitingPanel(dashboards.waiting_for(user))]
    if user.has_perm(ADD_COMMITMENT) and Contract.objects.filter(manager=user).exists():
        found.append(ContractsPanel(user))
    return found + [panel for panel in wagtails if panel.name in KEPT]
