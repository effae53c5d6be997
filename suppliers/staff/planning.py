"""Staff screens of delivery plans: writing one, and what is behind."""

import re
from decimal import Decimal
from itertools import accumulate

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from screens.fields import DayField, NumberField
from screens.frames import frame, put_errors, require
from vocabulary.quantities import as_typed

from .. import commitments, pace, plans
from ..models import Commitment
from ..permissions import ADD_COMMITMENT, VIEW_COMMITMENT
from ..plans import Rhythm

A_PAGE = 50
SEPARATED = re.compile(r"([^\t=:]*)([\t=:]?)(.*)")


class PlanForm(forms.Form):
    """A delivery plan line by line: the last day of each period, and how much in it."""

    lines = forms.CharField(
        label="How much in each period, by its last day",
        help_text="One period a line, such as 31/03/2027: 40. A milestone stands after a semicolon: "
        "31/03/2027: 40; the workshop is open. Lines pasted from a sheet of two or three columns are read too.",
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    starts_on = DayField(label="The plan begins on")
    start_up_days = forms.IntegerField(
        label="Days at the start in which nothing is called behind", min_value=0, max_value=plans.MOST_START_UP
    )
    agreed_on = DayField(label="Agreed on")
    reason = forms.CharField(label="Why it is so, or why it changes", max_length=500, widget=forms.TextInput)

    def clean_lines(self):
        """[(day, Decimal in all by then)]; keeps {day: milestone} as `milestones`."""
        rows = [line.strip() for line in self.cleaned_data["lines"].splitlines() if line.strip()]
        read = [_read_line(number, line) for number, line in enumerate(rows, start=1)]
        days = [day for day, _, _ in read]
        self.milestones = {day: milestone for day, _, milestone in read if milestone}
        if days != sorted(set(days)):
            raise ValidationError("Each period ends after the one before it. Check the days.")
        return list(zip(days, accumulate(quantity for _, quantity, _ in read), strict=True))


def _read_line(number, line):
    """(day, Decimal, milestone or "")."""
    day, mark, rest = SEPARATED.match(line).groups()
    quantity, _, milestone = rest.strip().partition("\t" if mark == "\t" else ";")
    try:
        amount = NumberField(min_value=0).clean(quantity.strip())
        return DayField().clean(day.strip()), amount, forms.CharField(required=False, max_length=200).clean(milestone)
    except ValidationError as wrong:
        said = f"Line {number}, “{line[:60]}”: write a day, a colon and a number, such as 31/03/2027: 40."
        raise ValidationError(f"{said} {wrong.messages[0]}") from wrong


def proposed(commitment, rhythm):
    """The lines of a plan in equal parts over the contract's term, as text; "" where its days are not known."""
    start, end = commitment.contract.start, commitment.contract.end
    if not (start and end):
        return ""
    days = plans.periods(start, end, rhythm)
    parts = plans.equal_parts(commitment.balance.promised, commitment.unit, len(days))
    return "\n".join(f"{day:%d/%m/%Y}: {as_typed(part)}" for day, part in zip(days, parts, strict=True))


def _kept(commitment):
    """The lines of the plan in force, as text."""
    targets = plans.targets(commitment)
    amounts = [target.quantity_in_all for target in targets]
    parts = [after - before for before, after in zip([Decimal(0), *amounts], amounts, strict=False)]
    return "\n".join(
        f"{target.due_on:%d/%m/%Y}: {as_typed(part)}{'; ' if target.milestone else ''}{target.milestone}"
        for target, part in zip(targets, parts, strict=True)
    )


def plan_write(request, pk):
    """Write a commitment's delivery plan, or a new version of it; ?rhythm= proposes equal parts by quarter or year."""
    require(request.user, ADD_COMMITMENT)
    commitment = get_object_or_404(Commitment.objects.with_balance(), pk=pk)
    asked = request.GET.get("rhythm", "")
    rhythm, before = asked if asked in (Rhythm.QUARTERLY, Rhythm.YEARLY) else "", plans.current(commitment)
    kept = _kept(commitment) if before and not rhythm else proposed(commitment, rhythm or Rhythm.YEARLY)
    begins = before.starts_on if before else commitment.contract.start
    start_up = before.start_up_days if before else pace.START_UP_DAYS
    initial = {"lines": kept, "starts_on": begins, "start_up_days": start_up, "agreed_on": timezone.localdate()}
    form = PlanForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            words = {name: form.cleaned_data[name] for name in ("reason", "starts_on", "start_up_days", "agreed_on")}
            chosen = rhythm or (before.rhythm if before else Rhythm.OWN)
            commitments.plan(commitment, form.cleaned_data["lines"], by=request.user, rhythm=chosen,
                             milestones=form.milestones, **words)  # fmt: skip
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, "The plan is kept. Versions before it stay as they were.")
            return redirect(commitment)
    context = {
        "commitment": commitment,
        "form": form,
        "rhythm": rhythm,
        "versions": commitment.plans.select_related("by").order_by("-version"),
        "has_days": bool(commitment.contract.start and commitment.contract.end),
        **frame("Delivery plan", "calendar", here=str(commitment)),
    }
    return TemplateResponse(request, "suppliers/admin/plan.html", context)


def behind_plan(request):
    """Commitments that are behind their plan, the furthest first; ?whose=all for everybody's contracts."""
    require(request.user, VIEW_COMMITMENT)
    whose = "all" if request.GET.get("whose") == "all" else "mine"
    rows = Commitment.objects.select_related("contract__manager")
    rows = rows.filter(contract__manager=request.user) if whose == "mine" else rows
    late = plans.behind(rows, timezone.localdate())
    context = {
        "page": Paginator(late, A_PAGE).get_page(request.GET.get("page")),
        "whose": whose,
        "planned": rows.standing().filter(plans__isnull=False).distinct().count(),
        **frame("Behind plan", "warning"),
    }
    return TemplateResponse(request, "suppliers/admin/behind.html", context)
