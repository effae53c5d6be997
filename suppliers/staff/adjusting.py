"""Staff screens: carrying forward what a plan expects, one promise in another's place, and a longer contract."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from screens.fields import DayField, NumberField
from screens.frames import frame, put_errors, require
from vocabulary.units import Unit

from .. import adjusting, plans
from ..models import Commitment, Contract
from ..permissions import ADD_COMMITMENT, CHANGE_CONTRACT

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


class ExtendForm(forms.Form):
    """Until when a contract runs, and for each of its commitments how much more is promised for that time."""

    until = DayField(label="It runs until")

    def __init__(self, *args, contract, **kwargs):
        super().__init__(*args, **kwargs)
        self.commitments = list(contract.commitments.standing().with_balance())
        if contract.end:
            self.fields["until"].help_text = f"Until now {contract.end:%-d %B %Y}."
        for each in self.commitments:
            self.fields[f"more-{each.pk}"] = NumberField(
                label=f"How much more of “{each}”?", min_value=0, required=False,
                help_text=f"In {each.unit_words or each.get_unit_display()}; {each.say(each.balance.promised)} are "
                          "promised. Leave it empty where the promise stays as it is.",
            )  # fmt: skip
        self.fields["reason"] = forms.CharField(**REASON)

    def more(self):
        """{commitment id: Decimal} of those that something was entered for."""
        data = self.cleaned_data
        return {each.pk: data[f"more-{each.pk}"] for each in self.commitments if data[f"more-{each.pk}"]}


def contract_extend(request, pk):
    """A contract runs longer, with more promised for that time or not."""
    require(request.user, CHANGE_CONTRACT)
    require(request.user, ADD_COMMITMENT)
    contract = get_object_or_404(Contract, pk=pk)
    form = ExtendForm(request.POST or None, contract=contract)

    def act(data):
        return adjusting.extend(contract, data["until"], form.more(), by=request.user, reason=data["reason"])

    return _screen(request, contract, form, act, "Extend the contract")


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


def _screen(request, subject, form, act, title):
    if request.method == "POST" and form.is_valid():
        try:
            shown = act(form.cleaned_data)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, "Kept. The ledger and the plan’s versions say so.")
            return redirect(shown)
    context = {
        "commitment": subject if isinstance(subject, Commitment) else None,
        "contract": subject,
        "form": form,
        "button": title,
        **frame(title, "redirect", here=str(subject)),
    }
    return TemplateResponse(request, "suppliers/admin/adjust.html", context)
