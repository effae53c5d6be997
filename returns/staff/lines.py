"""Recording what came without a pledge or return, and correcting it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from screens.fields import DayField, NumberField
from screens.frames import frame, put_errors, require
from suppliers.models import Commitment
from suppliers.permissions import ADD_COMMITMENT

from .. import lines
from ..models import ReturnLine


class ReturnLineForm(forms.Form):
    quantity = NumberField(label="How much was delivered?", min_value=0)
    delivered_on = DayField(label="On which day?")
    note = forms.CharField(
        label="What was delivered, and how do you know?", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class CorrectionForm(forms.Form):
    quantity = NumberField(label="How much was it?", min_value=0, help_text="0 takes it back")
    note = forms.CharField(label="Why?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class VerifyingForm(forms.Form):
    quantity = NumberField(label="How much does the evidence show?", min_value=0)
    note = forms.CharField(
        label="What did you check it against?", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


def return_line_new(request, pk):
    """Record what was delivered against a commitment without a pledge."""
    require(request.user, ADD_COMMITMENT)
    commitment = get_object_or_404(Commitment.objects.with_balance(), pk=pk)
    form = ReturnLineForm(request.POST or None)

    def carry_out(data):
        lines.record(commitment, data["quantity"], data["delivered_on"], data["note"], by=request.user)

    return _line_screen(request, commitment, form, carry_out, "Delivered without a pledge", "Record it")


def return_line_correct(request, pk):
    """Correct a line of a return, or take it back."""
    require(request.user, ADD_COMMITMENT)
    line = get_object_or_404(ReturnLine.objects.standing().select_related("commitment__balance"), pk=pk)
    form = CorrectionForm(request.POST or None, initial={"quantity": line.quantity})

    def carry_out(data):
        lines.correct(line, data["quantity"], data["note"], by=request.user, is_sum=False)

    return _line_screen(request, line.commitment, form, carry_out, f"Correct: {line}", "Correct it")


def return_line_verify(request, pk):
    """Say that a line was checked against its evidence, and how much that shows."""
    require(request.user, ADD_COMMITMENT)
    line = get_object_or_404(ReturnLine.objects.standing().select_related("commitment__balance"), pk=pk)
    form = VerifyingForm(request.POST or None, initial={"quantity": line.quantity})

    def carry_out(data):
        lines.verify(line, data["quantity"], data["note"], by=request.user)

    return _line_screen(request, line.commitment, form, carry_out, f"Verify: {line}", "Verify it")


def _line_screen(request, commitment, form, carry_out, title, button):
    if request.method == "POST" and form.is_valid():
        try:
            carry_out(form.cleaned_data)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, "Kept. The ledger says so.")
            return redirect(commitment)
    context = {
        "commitment": commitment,
        "form": form,
        "button": button,
        "lines": commitment.return_lines.standing().select_related("by"),
        **frame(title, "tick", here=str(commitment)),
    }
    return TemplateResponse(request, "returns/admin/return_line.html", context)
