"""Everything that the committee's paper says of a day, worked out: a FactSheet."""

from django.conf import settings
from django.core.cache import cache
from django.db.models import Q

from assurance import estimate
from assurance.models import Sample
from golden_thread import figures as thread
from golden_thread import rules as thread_rules
from golden_thread.models import Extract
from golden_thread.records import System
from guidance.governance import papers as governance
from guidance.governance import vacancies
from returns.models import Return
from suppliers import pace, planned

from . import sums, tables
from .fact_sheet import (
    ContractFacts,
    FactSheet,
    GovernanceFacts,
    LateAction,
    ReturnCounts,
    StandingFacts,
    ThreadFacts,
    ThreadFigure,
    ThreadMonth,
)

KEPT_SECONDS = 300
LISTED = 75
MONTHS = 13


def kept_of(day):
    """The facts of today as a page may show them: reckoned once in five minutes, as they read every entry."""
    return cache.get_or_set(f"leaders-{day}", lambda: of_day(day), KEPT_SECONDS)


def of_day(day):
    """The FactSheet of a day, as known by its end."""
    known = sums.as_known(day)
    return FactSheet(
        title="Update on social value",
        council=settings.COUNCIL_NAME,
        day=day,
        version=planned.version(day),
        thread=of_thread(day),
        delivery=[_standing(row) for row in known.standings],
        paces=known.paces,
        contracts=[_contract(row, day) for row in known.ranked[:LISTED]],
        contracts_in_all=len(known.ranked),
        behind=sorted({row.contract.reference for row in known.ranked if _is_behind(row, day)}),
        returns=of_returns(day),
        assurance=of_assurance(day),
        governance=of_governance(day),
    )


def _is_behind(ranked, day):
    return any(standing.pace == pace.Pace.BEHIND for standing in ranked.standings(day))


def _standing(row):
    words = {name: row.words[name] for name in pace.AMOUNTS}
    return StandingFacts(row.unit, row.unit_label, row.pace, words, *tables.amounts(row))


def _contract(ranked, day):
    contract = ranked.contract
    return ContractFacts(
        number=contract.pk,
        reference=contract.reference,
        title=contract.title,
        supplier=contract.supplier_label,
        directorate=contract.directorate,
        state=ranked.state_on(day),
        lines=[_standing(row) for row in ranked.standings(day)],
    )


def of_thread(day):
    """The golden thread's percentages on the newest day that both systems know by `day`, and month by month before."""
    current = thread_rules.current(None)
    newest = [
        Extract.objects.filter(council=None, system=system, as_at__lte=day).order_by("-as_at").first()
        for system in (System.PROJECTS, System.CONTRACTS)
    ]
    if not all(newest):
        return None
    last = min(extract.as_at for extract in newest)
    figures = [
        ThreadFigure(row.name, row.label, row.numerator, row.denominator, row.percent, row.target)
        for row in thread.report(last, current).figures
    ]
    months = [
        ThreadMonth(end, **{name: percents.get(name) for name in thread.PUBLISHED})
        for end, percents, _ in thread.series(last, current)[-MONTHS:]
    ]
    return ThreadFacts(last, figures, months)


def of_returns(day):
    """The ReturnCounts of a day."""
    rows = Return.objects.filter(due_on__lte=day)
    sent = Q(sent_at__date__lte=day)
    return ReturnCounts(
        due=rows.count(),
        sent=rows.filter(sent).count(),
        answered=rows.filter(answered_at__date__lte=day).count(),
        late=rows.exclude(sent).count(),
        nothing=rows.filter(sent).exclude(nothing_because="").count(),
    )


def of_assurance(day):
    """The newest sample that was wholly checked by `day`, in words; "" for none."""
    finished = Sample.objects.finished().exclude(items__checked_at__date__gt=day).order_by("-as_at", "-pk").first()
    return estimate.of_sample(finished).words if finished else ""


def of_governance(day):
    """The GovernanceFacts of a day."""
    paper = governance.audit_progress(day)
    counts = paper.summary
    return GovernanceFacts(
        findings=counts.findings,
        actions=counts.actions,
        done=counts.done,
        under_way=counts.under_way,
        open=counts.open,
        dropped=counts.dropped,
        late=[LateAction(row.pk, row.title) for finding in paper.findings for row in finding.actions if row.late],
        vacant=[str(vacancy.role) for vacancy in vacancies.vacancies(day)],
    )
