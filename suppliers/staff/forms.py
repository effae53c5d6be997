"""Forms of contracts and commitments."""

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminModelForm

from organisations import sides
from places import councils
from places.models import Passing
from screens.fields import NumberField
from screens.permissions import ENTER_ADMIN
from words.references import reference_key

from .. import commitments, contracts, sources
from ..ledger import LedgerRefused
from ..models import CommitmentBalance, Contract


class ContractForm(WagtailAdminModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        staff = get_user_model().objects.who_may(ENTER_ADMIN)
        self.fields["manager"].queryset = staff.order_by("name")  # nobody of the public is listed here
        if passings := councils.passings(Passing.What.CONTRACT, self.instance.pk or 0):
            day = passings[-1].on  # a page opened before that day can't take it back
            self.fields["council"].disabled = True
            self.fields["council"].help_text = f"It passed to this council on {day:%-d %B %Y}, and stays there."

    def clean_reference(self):
        reference = self.cleaned_data["reference"]
        same = Contract.objects.filter(reference_key=reference_key(reference)).exclude(pk=self.instance.pk)
        if same.exists():
            raise ValidationError("Another contract has this reference. Open that one instead.")
        return reference

    def save(self, commit=True):
        contract = contracts.save(super().save(commit=False), by=self.for_user)
        said = {name: self.cleaned_data[name] for name in self.changed_data if name in sources.COMPARED}
        sources.note_by_hand(contract, said, self.for_user)
        return contract


class ContractPartyForm(WagtailAdminModelForm):
    def save(self, commit=True):
        return contracts.save_party(super().save(commit=False))


class CommitmentForm(WagtailAdminModelForm):
    """A commitment and how much was promised; a later change needs a reason and goes through the ledger."""

    promised = NumberField(label="How much is promised", max_digits=14, min_value=0)
    reason = forms.CharField(
        label="Reason, where the promise changes", required=False, max_length=500, widget=forms.TextInput
    )

    withdraw = forms.BooleanField(
        label="Withdraw it: no new pledges against it, what was delivered stays", required=False
    )
    reinstate = forms.BooleanField(label="Reinstate it: it may be pledged against again", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        is_new, is_withdrawn = self.instance.pk is None, self.instance.is_withdrawn
        if is_new or is_withdrawn:
            del self.fields["withdraw"]
        if not is_withdrawn:
            del self.fields["reinstate"]
        balance = CommitmentBalance.objects.filter(commitment=self.instance.pk).first()
        self.before = balance.promised if balance else None
        self.initial.setdefault("promised", self.before)
        if self.before is not None:
            for name in ("contract", "unit"):  # the ledger stands on them
                self.fields[name].disabled = True
                self.fields[name].help_text = "It stays as it is: another one is another commitment."

    def clean(self):
        data = super().clean()
        if self.before is not None and data.get("promised") != self.before and not data.get("reason"):
            self.add_error("reason", "Say why the promise changes: it is kept in the ledger.")
        if data.get("withdraw") and not data.get("reason"):
            self.add_error("reason", "Say why it is withdrawn.")
        if data.get("reinstate") and not data.get("reason"):
            self.add_error("reason", "Say why it is reinstated.")
        balance = CommitmentBalance.objects.filter(commitment=self.instance.pk).first()
        taken = balance.reserved + balance.to_agree + balance.claimed if balance else 0
        if data.get("promised") is not None and data["promised"] < taken:
            self.add_error("promised", "More than that is reserved or claimed already.")
        for name in ("contract", "unit") if self.before is not None else ():
            posted, kept = self.data.get(self.add_prefix(name)), self[name].initial
            if posted and posted != str(kept):
                words = f"The {name} can’t change once the ledger is open. Withdraw this one and add another."
                self.add_error(name, words)
        contract = data.get("contract")
        if contract and (self.before is None or self.moves(data)):
            try:
                sides.refuse_own(self.for_user, *contract.organisations())
            except ValidationError as refused:
                self.add_error(None, refused)
        return data

    def moves(self, data):
        """Whether what is asked for moves the ledger."""
        return data.get("withdraw") or data.get("reinstate") or data.get("promised") != self.before

    def save(self, commit=True):
        commitment = super().save(commit=False)
        try:
            if self.before is None:
                return commitments.make(commitment, self.cleaned_data["promised"], by=self.for_user)
            commitments.change(commitment)
            if self.cleaned_data.get("reinstate"):
                commitments.reinstate(commitment, self.cleaned_data["reason"], by=self.for_user)
            if self.cleaned_data["promised"] != self.before:
                commitments.vary(
                    commitment,
                    self.cleaned_data["promised"],
                    by=self.for_user,
                    reason=self.cleaned_data["reason"],
                )
            if self.cleaned_data.get("withdraw"):
                commitments.withdraw(commitment, self.cleaned_data["reason"], by=self.for_user)
        except LedgerRefused as refused:
            raise ValidationError(str(refused)) from refused
        return commitment
