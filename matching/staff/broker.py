"""The broker's screens: the county on one page, a proposal line by line, and how matching is weighed."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from requests_app.models import Request, RequestTotals
from screens.frames import frame, put_errors, require
from suppliers import sums
from suppliers.permissions import ADD_COMMITMENT

from ..allocation import proposals, simulated_years
from ..allocation.wanted import Wanted
from ..models import Judgement, Proposal, ProposalLine, WeightsChange, WeightsTrial
from ..permissions import CHANGE_PROPOSAL, CHANGE_WEIGHTS_CHANGE, VIEW_PROPOSAL, VIEW_WEIGHTS_CHANGE
from ..ranking import demand, exposure, judging, trials, weights
from ..ranking.parts import PARTS, SURE_NEED

LINES_A_PAGE = 25
UNMET_SHOWN = 50


class SliderForm(forms.Form):
    """What-if: each choice is a range with its number beside it, and works without a script."""

    fairness = forms.IntegerField(
        label="Fairness, 0 to 100",
        initial=25,
        min_value=0,
        max_value=100,
        help_text="How much more a first helping counts, and a small group or a district that has come short",
    )
    least_need = forms.IntegerField(
        label="Least fit, 50 to 100",
        initial=int(SURE_NEED * 100),
        min_value=int(SURE_NEED * 100),
        max_value=100,
        help_text="How well the offer must meet the need; what is less sure is listed for you to judge",
    )
    furthest = forms.IntegerField(
        label="Furthest, in miles",
        initial=0,
        min_value=0,
        max_value=100,
        required=False,
        help_text="0 for any distance",
    )
    held_back = forms.IntegerField(
        label="Held back, per cent",
        initial=0,
        min_value=0,
        max_value=90,
        required=False,
        help_text="Of what is left of each commitment, for later",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget = forms.NumberInput(
                attrs={
                    "type": "range",
                    "min": field.min_value,
                    "max": field.max_value,
                    "class": "marketplace-range",
                }
            )

    def wanted(self):
        data = self.cleaned_data
        return Wanted(
            fairness=data["fairness"] / 100,
            least_need=data["least_need"] / 100,
            furthest=data["furthest"] or 0,
            held_back=data["held_back"] or 0,
        )


def broker(request):
    """The county on one page: needs, promises, the last proposals, and who is not seen."""
    require(request.user, VIEW_PROPOSAL)
    form = SliderForm(request.POST or None)
    if request.method == "POST":
        require(request.user, CHANGE_PROPOSAL)
        if form.is_valid():
            proposal = proposals.ask(form.wanted(), by=request.user)
            return redirect("broker_proposal", proposal.pk)
    unseen = list(exposure.overdue().select_related("request__organisation")[:UNMET_SHOWN])
    exposure.shown(row.request_id for row in unseen)
    context = {
        "form": form,
        "kinds": demand.by_kind(RequestTotals.objects.in_need_on(timezone.localdate())),
        "sums": sums.by_unit(),
        "proposals": Proposal.objects.select_related("asked_by")[:8],
        "exposure": exposure.table(),
        "unseen": unseen,
        "simulations": simulated_years.newest(),
        "may_change": request.user.has_perm(CHANGE_PROPOSAL),
        **frame("Match needs and promises", "link"),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "matching/admin/broker.html", context, status=status)


def broker_proposal(request, pk):
    """One proposal: its figures, its lines to accept or decline, and the needs no promise can meet."""
    require(request.user, VIEW_PROPOSAL)
    proposal = get_object_or_404(Proposal.objects.select_related("asked_by"), pk=pk)
    rows = proposal.lines.select_related(
        "commitment__contract__supplier",
        "commitment__balance",
        "request__organisation",
        "request__totals",
        "decided_by",
    )
    doubtful = ProposalLine.State.DOUBTFUL
    page = Paginator(rows.exclude(state=doubtful), LINES_A_PAGE).get_page(request.GET.get("page"))
    exposure.shown(line.request_id for line in page)
    unmet = (proposal.figures or {}).get("unmet", [])
    context = {
        "proposal": proposal,
        "figures": proposal.figures,
        "page": page,
        "doubtful": rows.filter(state=doubtful),
        "unmet": Request.objects.in_order(unmet[:UNMET_SHOWN]),
        "unmet_count": len(unmet),
        "may_change": request.user.has_perm(CHANGE_PROPOSAL),
        "may_promise": request.user.has_perm(ADD_COMMITMENT),
        **frame(f"Proposal {pk}", "link", (reverse("broker"), "Match needs and promises")),
    }
    return TemplateResponse(request, "matching/admin/proposal.html", context)


class DismissForm(forms.Form):
    reason = forms.CharField(
        label="Why not",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why: it helps to make the next proposal better."},
    )


def _line(request, pk):
    """The line that a broker answers."""
    require(request.user, CHANGE_PROPOSAL)
    rows = ProposalLine.objects.select_related(
        "commitment__contract__supplier", "commitment__balance", "request__organisation", "request__totals", "proposal"
    )
    return get_object_or_404(rows, pk=pk)


def _show_line(request, line, *, form=None, error=""):
    crumbs = [
        (reverse("broker"), "Match needs and promises"),
        (reverse("broker_proposal", args=[line.proposal_id]), str(line.proposal)),
    ]
    context = {
        "line": line,
        "can": line.moves.open_to(line, "broker"),
        "form": form or DismissForm(),
        "error": error,
        "refusal": proposals.stands(line),
        "grades": Judgement.Grade.choices,
        "judged": Judgement.objects.filter(commitment=line.commitment, request=line.request).first(),
        **frame(f"Line {line.pk}", "link", *crumbs),
    }
    status = 422 if error or (form and form.errors) else 200
    return TemplateResponse(request, "matching/admin/line.html", context, status=status)


def broker_line(request, pk):
    """One line with its reasons, and the answers to it."""
    return _show_line(request, _line(request, pk))


@require_POST
def broker_line_invite(request, pk):
    """Accept a line: the supplier is invited."""
    line = _line(request, pk)
    try:
        proposals.invite(line, by=request.user)
    except ValidationError as refused:
        return _show_line(request, line, error=refused.messages[0])
    messages.success(request, f"{line.commitment.contract.supplier} is invited to pledge.")
    return redirect("broker_proposal", line.proposal_id)


@require_POST
def broker_line_decline(request, pk):
    """Decline a line with a reason."""
    line, form = _line(request, pk), DismissForm(request.POST)
    if form.is_valid():
        try:
            proposals.dismiss(line, form.cleaned_data["reason"], by=request.user)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, "Declined. The pair is not proposed again for some months.")
            return redirect("broker_proposal", line.proposal_id)
    return _show_line(request, line, form=form)


@require_POST
def broker_line_judge(request, pk):
    """Say how well a line's pair fits."""
    line = _line(request, pk)
    try:
        judging.judge(line.commitment, line.request, request.POST.get("judge", ""), by=request.user)
    except ValidationError as refused:
        return _show_line(request, line, error=refused.messages[0])
    messages.success(request, "Thank you. Weights are tried on what people judge.")
    return redirect("broker_line", line.pk)


class WeightsForm(forms.Form):
    """One number a part; they are scaled to add up to 100."""

    def __init__(self, *args, values, **kwargs):
        super().__init__(*args, **kwargs)
        for part in PARTS:
            self.fields[part.name] = forms.FloatField(
                label=part.label, min_value=0, max_value=100, initial=round(values[part.name] * 100, 2)
            )
            self.fields[part.name].widget.attrs["step"] = "any"

    def values(self):
        return {name: value / 100 for name, value in self.cleaned_data.items()}


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Why the weights change", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


def matching_weights(request):
    """The weights in force, and a form to try others on the judgements first."""
    require(request.user, VIEW_WEIGHTS_CHANGE)
    form = WeightsForm(request.POST or None, values=weights.current())
    if request.method == "POST":
        require(request.user, CHANGE_WEIGHTS_CHANGE)
        if form.is_valid():
            try:
                trial = trials.try_out(form.values(), by=request.user)
            except ValidationError as refused:
                put_errors(form, refused)
            else:
                return redirect("weights_trial", trial.pk)
    context = {
        "form": form,
        "changes": WeightsChange.objects.select_related("by").order_by("-pk")[:20],
        "judged": Judgement.objects.count(),
        "may_change": request.user.has_perm(CHANGE_WEIGHTS_CHANGE),
        **frame("How matches are weighed", "sliders"),
    }
    return TemplateResponse(request, "matching/admin/weights.html", context, status=422 if form.errors else 200)


def weights_trial(request, pk):
    """What tried weights would do to the evaluation; then the button to save them."""
    require(request.user, CHANGE_WEIGHTS_CHANGE)
    trial = get_object_or_404(WeightsTrial.objects.select_related("asked_by"), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            trials.save(trial, form.cleaned_data["reason"], by=request.user)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, "Saved. Every list is worked out again within minutes.")
            return redirect("matching_weights")
    now = weights.current()
    effect = trial.effect or {}
    context = {
        "trial": trial,
        "form": form,
        "rows": [(part.label, now[part.name] * 100, trial.values[part.name] * 100) for part in PARTS],
        "effect": [(name, before, effect["after"][name]) for name, before in effect.get("before", {}).items()],
        **frame("Try other weights", "sliders", (reverse("matching_weights"), "How matches are weighed")),
    }
    return TemplateResponse(request, "matching/admin/trial.html", context, status=422 if form.errors else 200)
