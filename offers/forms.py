"""Forms of this room."""

from django import forms
from django.utils import timezone

from organisations.models import Organisation
from places.models import District, clean_known_postcode
from requests_app.forms.pledges import CommitmentChoice
from requests_app.forms.quantities import number_field
from screens.forms import DateField, GovukForm
from suppliers.models import Commitment
from vocabulary.kinds import KIND_HINTS, KindOfHelp
from vocabulary.units import Unit

from .models import Offer


class OfferForm(GovukForm, forms.ModelForm):
    """What a supplier gives away, on one page."""

    kind = forms.ChoiceField(
        label="What kind of help is it?",
        choices=[(kind.value, f"{kind.label}|{KIND_HINTS[kind]}") for kind in KindOfHelp],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the kind of help"},
    )
    quantity = number_field("How much do you give in all?")
    unit = forms.ChoiceField(
        label="Of what", choices=[("", "Choose"), *((unit.value, unit.label.capitalize()) for unit in Unit)],
        error_messages={"required": "Choose what you are counting"},
    )  # fmt: skip
    most_each = number_field(
        "At most how much for each who asks? (optional)", required=False, help_text="So that several get some"
    )
    where = forms.ChoiceField(
        label="Where is it?",
        choices=[("place", "At a place, or from there"), ("remote", "Anywhere|By phone or online, or sent")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose where it is"},
    )
    postcode = forms.CharField(
        label="Postcode", help_text="Only its first half is shown to the public", required=False, max_length=12,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "postal-code"}),
    )  # fmt: skip
    since = DateField(label="From which day? (optional)", required=False)
    until = DateField(label="Until which day can it be had?", error_messages={"required": "Enter the last day"})
    for_whom = forms.ChoiceField(label="Who may ask?", choices=Offer.ForWhom.choices, widget=forms.RadioSelect)
    for_people = forms.BooleanField(
        label="It is for people whom approved referrers put forward", required=False,
        help_text="For jobs, apprenticeships and placements. Their names never become public.",
    )  # fmt: skip
    commitment = CommitmentChoice(
        Commitment.objects.none(), label="Which commitment does it count against?", required=False, blank=True,
        empty_label="None: we simply wish to help", widget=forms.RadioSelect,
    )  # fmt: skip

    revealed = {"postcode": ("where=place", "If it is at a place"), "for_people": ("kind=jobs", "If it is a job")}
    field_order = (
        "kind", "title", "description", "quantity", "unit", "unit_words", "most_each", "where", "postcode", "since",
        "until", "for_whom", "for_people", "commitment",
    )  # fmt: skip

    class Meta:
        model = Offer
        fields = (
            "kind", "title", "description", "quantity", "unit", "unit_words", "most_each", "postcode", "since",
            "until", "for_whom", "for_people", "commitment",
        )  # fmt: skip
        labels = {"title": "Title", "description": "What you offer", "unit_words": "In your own words (optional)"}
        help_texts = {
            "title": "A few words, like “Twenty office chairs, hardly used”",
            "description": "What it is, what state it is in, what a group must bring or fetch",
            "unit_words": "Like “office chairs”",
        }
        widgets = {"description": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args, supplier, **kwargs):
        super().__init__(*args, **kwargs)
        rows = Commitment.objects.left_on(timezone.localdate()).of_supplier(supplier).with_balance()
        self.fields["commitment"].queryset = rows.order_by("contract", "pk")
        if not rows.exists():
            del self.fields["commitment"]
        if self.instance.pk:
            self.initial["where"] = "remote" if self.instance.remote else "place"
        else:
            self.initial["postcode"] = supplier.postcode
            self.instance.supplier = supplier
        for name, words in (("title", "Give your offer a title"), ("description", "Say what you offer")):
            self.fields[name].error_messages["required"] = words

    def clean_postcode(self):
        postcode = self.cleaned_data["postcode"]
        return clean_known_postcode(postcode) if postcode and self.cleaned_data.get("where") == "place" else ""

    def clean_quantity(self):
        if self.cleaned_data["quantity"] <= 0:
            raise forms.ValidationError("Enter a number above 0.")
        return self.cleaned_data["quantity"]

    def clean_most_each(self):
        most = self.cleaned_data["most_each"]
        if most is not None and most <= 0:
            raise forms.ValidationError("Enter a number above 0, or leave it empty.")
        return most

    def clean_for_people(self):
        return self.cleaned_data["for_people"] and self.cleaned_data.get("kind") == KindOfHelp.JOBS

    def clean(self):
        data = super().clean()
        if data.get("where") == "place" and not data.get("postcode") and "postcode" not in self.errors:
            self.add_error("postcode", "Enter the postcode")
        if "commitment" in self.fields and "commitment" not in self.data:
            self.add_error("commitment", "Choose a commitment that it counts against, or none")
        self.instance.remote = data.get("where") == "remote"
        return data


class AskForm(GovukForm, forms.Form):
    """What a group asks of an offer; for which of one's organisations, where one acts for several."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label="For which organisation?", empty_label=None, widget=forms.RadioSelect,
        error_messages={"required": "Choose the organisation"},
    )  # fmt: skip
    quantity = number_field("How much do you ask for?")
    what_for = forms.CharField(
        label="What is it for?", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Only the supplier and the council read this",
        error_messages={"required": "Say what it is for: the supplier decides by it"},
    )  # fmt: skip
    people = forms.CharField(
        label="Whom do you put forward?", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="A line each: a first name, and what the supplier should know. "
        "The supplier reads it once they say yes; nobody else does",
        error_messages={"required": "Say whom you put forward: first names are enough"},
    )  # fmt: skip

    def __init__(self, *args, offer, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        if len(organisations) > 1:
            self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=[o.pk for o in organisations])
        else:
            del self.fields["organisation"]
        self.fields["quantity"].help_text = f"{offer.say(offer.left).capitalize()} left"
        if offer.most_each:
            self.fields["quantity"].help_text += f"; at most {offer.say(offer.most_each)} for each who asks"
        if not offer.for_people:
            del self.fields["people"]


class GrantForm(GovukForm, forms.Form):
    answer = forms.CharField(
        label="Message to the group (optional)", required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}), help_text="What happens next: you each see how to reach the other",
    )  # fmt: skip


class ReasonForm(GovukForm, forms.Form):
    reason = forms.CharField(
        label="Reason", max_length=600, widget=forms.Textarea(attrs={"rows": 4}), help_text="Whoever asked reads it",
        error_messages={"required": "Give a reason"},
    )  # fmt: skip


class FindForm(GovukForm, forms.Form):
    """The search of the public list; every field may be empty."""

    q = forms.CharField(
        label="Search", required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(label="Kind of help", required=False, choices=[("", "Any kind"), *KindOfHelp.choices])
    district = forms.ModelChoiceField(
        District.objects.all(), label="Area", required=False, empty_label="Anywhere",
        error_messages={"invalid_choice": "Choose one of the areas shown."},
    )  # fmt: skip
    postcode = forms.CharField(
        label="Near a postcode", required=False, max_length=10,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "postal-code"}),
    )  # fmt: skip

    def clean_postcode(self):
        postcode = self.cleaned_data["postcode"]
        return clean_known_postcode(postcode) if postcode else ""
