"""Offering a pledge."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, When
from django.utils import timezone

from screens.forms import GovukForm
from suppliers.models import Commitment

from .quantities import number_field


class CommitmentChoice(forms.ModelChoiceField):
    def label_from_instance(self, commitment):
        left = commitment.say(commitment.balance.left)
        return f"{commitment.wording[:110]}|{left} left, contract {commitment.contract.reference}"


class PledgeForm(GovukForm, forms.Form):
    """A quantity towards a request, counted against one of the supplier's commitments or none."""

    quantity = number_field("How much do you pledge?")
    commitment = CommitmentChoice(
        Commitment.objects.none(),
        label="Which commitment does it count against?",
        required=False,
        empty_label="None: we simply wish to help",
        blank=True,  # else Django leaves the choice of none out of radio buttons
        widget=forms.RadioSelect,
    )
    counts = number_field(
        "How much should it count for, in the commitment’s unit?",
        required=False,
        help_text="Only if the commitment is counted in another unit than the request. "
        "The council’s contract manager will agree it.",
    )
    covers_hosting = forms.BooleanField(label="We will also cover the cost of hosting", required=False)
    message = forms.CharField(
        label="Message to the group (optional)",
        help_text="What you can bring and when. Your contact details are shown once they accept",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, request, supplier, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["commitment"].queryset = (
            Commitment.objects.left_on(timezone.localdate())
            .of_supplier(supplier)
            .with_balance()
            .annotate(
                fits=Case(
                    When(unit=request.unit, kind=request.kind, then=0),
                    When(unit=request.unit, then=1),
                    default=2,
                )
            )
            .order_by("fits", "contract", "pk")
        )
        self.fields["quantity"].help_text = f"The request still needs {request.say(request.totals.still_needs)}"
        units = {commitment.unit for commitment in self.fields["commitment"].queryset}
        if not units:  # a business that holds no contract, or has delivered everything
            del self.fields["commitment"]
        if not units - {request.unit}:
            del self.fields["counts"]
        if not request.hosting_cost or request.hosting_is_covered:
            del self.fields["covers_hosting"]

    def clean(self):
        data = super().clean()
        if "commitment" not in self.fields and self.data.get(self.add_prefix("commitment")):
            words = "The commitment that you chose is not open any more. Send this again to pledge without one."
            raise ValidationError(words, code="closed")
        if "commitment" in self.fields and "commitment" not in self.data:
            self.add_error("commitment", "Choose a commitment that it counts against, or none")
        return data
