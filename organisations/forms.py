"""Forms for signing up, organisations and their people."""

from allauth.account.adapter import get_adapter
from allauth.core import context
from django import forms
from django.core.exceptions import ValidationError

from places.models import clean_known_postcode, clean_postcode, outcode_of
from screens.fields import something_to_see
from screens.forms import GovukForm
from screens.stamps import StampedForm

from . import doors, doubles
from .models import Membership, Organisation
from .registration import clean_company_number, clean_number

Kind = Organisation.Kind


class SignUpForm(forms.Form):
    """What sign-up asks beside e-mail and password."""

    name = forms.CharField(
        label="Full name",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
        error_messages={"required": "Enter your full name"},
        validators=[something_to_see],
    )
    code = forms.CharField(
        label="Code",
        help_text="As it stands in the letter, or as you heard it at the event",
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": doors.BY_INVITATION},
    )
    field_order = ["name", "email", "password1", "code"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.way = doors.came_by(context.request)
        if self.way or doors.are_open():
            del self.fields["code"]

    def clean_code(self):
        self.way = doors.guess(self.cleaned_data["code"], get_adapter().get_client_ip(context.request))
        if self.way is None:
            raise forms.ValidationError("We don’t know this code, or its time is over.", code="unknown")
        return self.cleaned_data["code"]

    def clean(self):
        data = super().clean()
        if not doors.hold(self.way):
            self.way = None
            if not doors.are_open():
                raise forms.ValidationError(doors.FULL, code="full")
        return data

    def signup(self, request, user):
        user.name = self.cleaned_data["name"].strip()
        user.came_by = self.way if self.way != doors.INVITED else None
        user.save(update_fields=["name", "came_by"])


class KindForm(GovukForm, forms.Form):
    """What a newcomer signs up; the next page asks what follows from it."""

    kind = forms.ChoiceField(
        label="What kind of organisation is it?",
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the kind of organisation"},
    )


class OrganisationForm(GovukForm, StampedForm, forms.ModelForm):
    """Details of an organisation; which fields appear depends on its kind."""

    FOR_KIND = {
        Kind.VCSE: ["charity_number", "company_number", "hosts_volunteers", "safeguarding_lead"],
        Kind.INFORMAL: ["sponsor_name", "sponsor_email", "hosts_volunteers", "safeguarding_lead"],
        Kind.COUNCIL_TEAM: ["hosts_volunteers", "safeguarding_lead"],
        Kind.SCHOOL: ["hosts_volunteers", "safeguarding_lead"],
        Kind.PUBLIC_BODY: ["hosts_volunteers", "safeguarding_lead"],
        Kind.BUSINESS: ["company_number"],
    }

    revealed = {"safeguarding_lead": ("hosts_volunteers=on", "If you will host volunteers")}
    website = forms.URLField(
        label="Website (optional)",
        required=False,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
        error_messages={"invalid": "Enter a web address, like www.example.org"},
    )

    class Meta:
        model = Organisation
        fields = [
            "name",
            "what_it_does",
            "charity_number",
            "company_number",
            "sponsor_name",
            "sponsor_email",
            "postcode",
            "website",
            "hosts_volunteers",
            "safeguarding_lead",
            "contact_name",
            "contact_email",
            "contact_phone",
        ]
        labels = {
            "name": "Name of the organisation",
            "what_it_does": "What does it do?",
            "charity_number": "Charity number (if it has one)",
            "company_number": "Company number (if it has one)",
            "sponsor_name": "Sponsor: an organisation that vouches for your group",
            "sponsor_email": "Sponsor’s e-mail address",
            "hosts_volunteers": "We will host volunteers",
            "safeguarding_lead": "Safeguarding lead",
            "contact_name": "Contact: full name",
            "contact_email": "Contact: e-mail address",
            "contact_phone": "Contact: telephone (optional)",
        }
        help_texts = {
            "charity_number": "Charity Commission or OSCR, like 1012345 or SC012345",
            "company_number": "Companies House, eight characters, like 01234567",
            "sponsor_name": "A charity, school, parish or council team that knows your group",
            "safeguarding_lead": "Who answers for the safety of those you host",
            "contact_name": "Shown to the other side only once a pledge is accepted",
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "organization"}),
            "what_it_does": forms.Textarea(attrs={"rows": 4}),
            "charity_number": forms.TextInput(attrs={"class": "govuk-input--width-10"}),
            "company_number": forms.TextInput(attrs={"class": "govuk-input--width-10"}),
            "postcode": forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "postal-code"}),
            "contact_name": forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
            "contact_email": forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
            "contact_phone": forms.TextInput(
                attrs={"type": "tel", "autocomplete": "tel", "class": "govuk-input--width-20"}
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kept = self.FOR_KIND[self.instance.kind]
        for name in set().union(*self.FOR_KIND.values()).difference(kept):
            del self.fields[name]
        needed = {
            "name": "Enter the organisation’s name",
            "what_it_does": "Say what the organisation does",
            "postcode": "Enter its postcode",
            "contact_name": "Enter the name of a contact",
            "contact_email": "Enter the contact’s e-mail address",
            "sponsor_name": "Name a sponsor: an organisation that vouches for your group",
            "sponsor_email": "Enter the sponsor’s e-mail address",
        }
        for name, words in needed.items():
            if name in self.fields:
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = words
        for name, clean in (("charity_number", clean_number), ("company_number", clean_company_number)):
            if name in self.fields:
                self.fields[name].max_length = None
                self.fields[name].validators = []
                self.fields[name].to_python = clean

    def standing(self, name):
        """What waits for the council stands where it was proposed."""
        return self.initial.get(name, getattr(self.instance, name))

    def clean_postcode(self):
        """A group's lies in the county or near it; a business may have its head office anywhere."""
        clean = clean_postcode if self.instance.kind == Kind.BUSINESS else clean_known_postcode
        return clean(self.cleaned_data["postcode"])

    def clean(self):
        data = super().clean()
        numbers = {"charity_number", "company_number"}
        numbered = any(data.get(name) for name in numbers) or self.errors.keys() & numbers
        if self.instance.kind == Kind.VCSE and not numbered:
            raise ValidationError(
                "Enter a charity or company number. A group without one can sign up as an informal group "
                "with a sponsor.",
                code="number",
            )
        if data.get("hosts_volunteers") and not data.get("safeguarding_lead"):
            self.add_error("safeguarding_lead", "Name your safeguarding lead: you will host volunteers")
        return data

    def save(self, commit=True):
        outcode = outcode_of(self.instance.postcode)
        self.instance.outcode = outcode
        self.instance.district = outcode.district if outcode else None
        return super().save(commit)


class FoundingForm(OrganisationForm):
    """What the council needs to know before it approves one. Its founder is the contact; all else can wait."""

    LATER = ("website", "contact_name", "contact_email", "contact_phone")
    OWN_SPONSOR = "Name somebody outside your group: a sponsor vouches for it."
    none_of_them = forms.BooleanField(label="None of these is us", required=False)

    def __init__(self, *args, founder=None, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.LATER:
            del self.fields[name]
        if founder:
            self.instance.contact_name, self.instance.contact_email = founder.name, founder.email
        self.doubles = []
        if not self.is_bound or "none_of_them" not in self.data:
            self.fields["none_of_them"].widget = forms.HiddenInput()

    def clean(self):
        data = super().clean()
        sponsor, contact = data.get("sponsor_email"), data.get("contact_email") or self.instance.contact_email
        if sponsor and contact and sponsor.lower() == contact.lower():
            self.add_error("sponsor_email", ValidationError(self.OWN_SPONSOR, code="own"))
        numbers = (data.get("charity_number") or "", data.get("company_number") or "")
        if data.get("name"):
            self.doubles = doubles.typed(data["name"], *numbers)
        if self.doubles and not data.get("none_of_them"):
            self.fields["none_of_them"].widget = forms.CheckboxInput()
            self.add_error("none_of_them", "Is it one of these? Ask to join it, or say that it is none of them")
        return data


class EnteringForm(FoundingForm):
    """As `FoundingForm`, for staff who enter a group that they met: its contact is somebody else."""

    LATER = ("website",)
    OWN_SPONSOR = "Name somebody outside the group: a sponsor vouches for it."


class InvitationForm(GovukForm, forms.Form):
    email = forms.EmailField(
        label="Your colleague’s e-mail address",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter an e-mail address"},
    )
    role = forms.ChoiceField(
        label="What may they do?",
        choices=[
            (Membership.Role.MEMBER, "Member: post, pledge and confirm"),
            (Membership.Role.OWNER, "Owner: that, and change details and people"),
        ],
        initial=Membership.Role.MEMBER,
        widget=forms.RadioSelect,
    )


class SponsorForm(GovukForm, forms.Form):
    knows = forms.ChoiceField(
        label="Do you know this group, and vouch for it?",
        choices=[("yes", "Yes, we know it and vouch for it"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you know this group"},
    )
    words = forms.CharField(
        label="How do you know it? (optional)",
        help_text="The council reads it. It is not public",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
