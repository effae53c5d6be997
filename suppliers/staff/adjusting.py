"""Staff screens: carrying forward what a plan expects, and putting one promise in another's place."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from screens.fields import NumberField
from screens.frames import frame, put_errors, require
from vocabulary.units import Unit

from .. import adjusting, plans
from ..models import Commitment
from ..permissions import ADD_COMMITMENT

REASON = {"label": "Why?", "max_length": 300, "widget": forms.Textarea(attrs={"rows": 2})}


class CarryForm(forms.Form):
    quantity = NumberField(label="How much is carried forward?", min_value=0)
    from_day = forms.ChoiceField(label="From the period that ends on")
    to_day = forms.ChoiceField(label="To the period that ends on")
    reason = forms.CharField(**REASON)

    def __init__(self, *args, targets, **kwargs):
        super().__init__(*args, **kwargs)
        self.days = {target.due_on.isoformat(): target.due_on for target in targets}
        choices = [(key, f"{day:%-d %B %Y}") for key, day in self.days.items()]
        self.fields["from_day"].choices, self.fields["to_day"].choices = choices[:-1], choices[1:]


class SubstituteForm(forms.Form):
    quantity = NumberField(label="How much of this promise is given up?", min_value=0)
    wording = forms.CharField(label="What takes its place?", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    unit = forms.ChoiceField(label="Counted in", choices=Unit.choices)
    new_quantity = NumberField(label="How much of that?", min_value=0)
    reason = forms.CharField(**REASON)


def carry_forward(request, pk):
    """What a period of the plan expects is expected in a later one."""
    require(request.user, ADD_COMMITMENT)
    commitment = get_object_or_404(Commitment.objects.with_balance(), pk=pk)
    form = CarryForm(request.POST or None, targets=plans.targets(commitment))

    def act(data):
        days = form.days[data["from_day"]], form.days[data["to_day"]]
        adjusting.carry_forward(commitment, data["quantity"], *days, by=request.user, reason=data["reason"])
        return commitment

    return _screen(request, commitment, form, act, "Carry forward")


def substitute(request, pk):
    """Part of a promise is given up, and another takes its place."""
    require(request.user, ADD_COMMITMENT)
    commitment = get_object_or_404(Commitment.objects.with_balance(), pk=pk)
    form = SubstituteForm(request.POST or None)

    def act(data):
        new = Commitment(wording=data["wording"], unit=data["unit"], kind=commitment.kind, outcome=commitment.outcome)
        amounts = data["quantity"], new, data["new_quantity"]
        return adjusting.substitute(commitment, *amounts, by=request.user, reason=data["reason"])

    return _screen(request, commitment, form, act, "Put another in its place")


def _screen(request, commitment, form, act, title):
    if request.method == "POST" and form.is_valid():
        try:
            shown = act(form.cleaned_data)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, "Kept. The ledger and the plan’s versions say so.")
            return redirect(shown)
    context = {
        "commitment": commitment,
        "form": form,
        "button": title,
        **frame(title, "redirect", here=str(commitment)),
    }
    return TemplateResponse(request, "suppliers/admin/adjust.html", context)
