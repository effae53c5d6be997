"""A return as a form: a few fields for each commitment, what the marketplace knows filled in already."""

from django import forms
from django.core.exceptions import ValidationError

from organisations import uploads
from screens.fields import DayField, NumberField
from screens.forms import FilesField, GovukForm
from vocabulary.quantities import as_typed
from vocabulary.units import Unit

from . import known
from .answering import DECLARATION, Given
from .models import Answer

WHY_NOTHING = (
    ("Nothing was planned for this period", "Nothing was planned for this period"),
    ("The work of the contract has not begun", "The work of the contract has not begun"),
    ("No request fitted what we promised", "No request fitted what we promised"),
    ("It moved to the next period", "It moved to the next period"),
)


class ReturnForm(GovukForm, forms.Form):
    """What was delivered in a period, for each standing commitment of the contract."""

    multipart = True

    def __init__(self, *args, of_return, **kwargs):
        super().__init__(*args, **kwargs)
        self.of_return = of_return
        self.commitments = list(of_return.contract.commitments.standing().order_by("pk"))
        self.answers = {answer.commitment_id: answer for answer in of_return.answers.prefetch_related("files__upload")}
        self.facts = known.of_commitments(self.commitments, of_return.contract, of_return.first_day, of_return.last_day)
        for commitment in self.open_commitments():
            self.add_fields(commitment)
        self.fields["is_declared"] = forms.BooleanField(label=DECLARATION, required=False)
        self.fields["seen"] = forms.IntegerField(widget=forms.HiddenInput, initial=of_return.changes)

    def open_commitments(self):
        """[Commitment] whose line the supplier may still write."""
        waits = Answer.moves
        return [c for c in self.commitments if c.pk not in self.answers or waits.can(self.answers[c.pk], "send")]

    def add_fields(self, commitment):
        answer, facts = self.answers.get(commitment.pk), self.facts[commitment.pk]
        number, unit = commitment.pk, commitment.unit_words or Unit(commitment.unit).label
        self.fields |= {
            f"quantity_{number}": NumberField(
                label=f"How much in this period, in {unit}?", required=False, initial=_quantity(answer, facts),
                min_value=0, widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"}),
            ),
            f"evidence_{number}": forms.CharField(
                label="How do you know?", required=False, max_length=500, initial=answer.evidence if answer else "",
                help_text="Such as sign-in sheets, or letters of the school",
            ),
            f"files_{number}": FilesField(label="Files that show it (optional)", required=False),
            f"delivered_on_{number}": DayField(
                label="On which day? (optional)", required=False, initial=answer.delivered_on if answer else None,
                help_text="Such as 14/11/2026; the last day of the period where you leave it empty",
                widget=forms.DateInput(format="%d/%m/%Y", attrs={"class": "govuk-input--width-10"}),
            ),
            f"rag_{number}": forms.ChoiceField(
                label="How is it going? (optional)", required=False, choices=[("", "Not said"), *Answer.Rag.choices],
                initial=answer.rag if answer else "",
            ),
            f"comment_{number}": forms.CharField(
                label="Anything the contract manager should know (optional)", required=False, max_length=1000,
                initial=answer.comment if answer else "", widget=forms.Textarea(attrs={"rows": 2}),
            ),
        }  # fmt: skip

    @property
    def may_be_nothing(self):
        """Whether nobody recorded anything of the period, and nothing was sent before."""
        return not any(facts.already for facts in self.facts.values()) and not self.of_return.sent_at

    def rows(self):
        """[(Commitment, Known, Answer or None, whether it may be written)]."""
        may = {commitment.pk for commitment in self.open_commitments()}
        return [(c, self.facts[c.pk], self.answers.get(c.pk), c.pk in may) for c in self.commitments]

    def clean(self):
        data = super().clean()
        first, last = self.of_return.first_day, self.of_return.last_day
        for commitment in self.open_commitments():
            name = f"delivered_on_{commitment.pk}"
            day = data.get(name)
            if day and not first <= day <= last:
                self.add_error(name, f"Enter a day of {self.of_return.period}.")
        if not self.errors:  # looking into files costs most
            self.check_files(data)
        return data

    def check_files(self, data):
        """Put what uploads.check returned in the place of each file; a bad one is said beside its line."""
        for name in (f"files_{commitment.pk}" for commitment in self.open_commitments()):
            try:
                data[name] = tuple((uploads.check(file), file.name) for file in data[name])
            except ValidationError as refused:
                self.add_error(name, refused)

    def given(self):
        """{commitment id: Given} of what was typed."""
        data = self.cleaned_data
        return {
            c.pk: Given(
                quantity=data[f"quantity_{c.pk}"],
                delivered_on=data[f"delivered_on_{c.pk}"],
                evidence=data[f"evidence_{c.pk}"],
                rag=data[f"rag_{c.pk}"],
                comment=data[f"comment_{c.pk}"],
                to_date=self.answers[c.pk].to_date if c.pk in self.answers else None,
                files=data[f"files_{c.pk}"],
                findings=tuple(self.answers[c.pk].findings) if c.pk in self.answers else (),
            )
            for c in self.open_commitments()
        }


def _quantity(answer, facts):
    """What stands in the box at first: what was kept, else what the marketplace has; as people write it."""
    amount = answer.quantity if answer and answer.quantity is not None else facts.already or None
    return None if amount is None else as_typed(amount)


class NothingForm(GovukForm, forms.Form):
    """Nothing was delivered: why, in one click more than the button."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    because = forms.ChoiceField(
        label="Nothing was delivered, because", choices=WHY_NOTHING, widget=forms.RadioSelect,
        error_messages={"required": "Choose why nothing was delivered"},
    )  # fmt: skip


class UploadForm(GovukForm, forms.Form):
    multipart = True
    file = forms.FileField(
        label="The workbook, or a CSV file",
        error_messages={"required": "Choose the file you filled in", "empty": "This file is empty. Choose another."},
    )
