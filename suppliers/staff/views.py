"""Staff screens of contracts: inviting a supplier who has not signed up."""

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from screens.frames import frame, put_errors, require

from .. import invitations, managers, values
from ..models import Commitment, Contract, ProxyValue
from ..permissions import ADD_COMMITMENT, ADD_CONTRACT


class InviteForm(forms.Form):
    email = forms.EmailField(label="E-mail address of the supplier", max_length=254)


def contract_invite(request, pk):
    """Ask the supplier of a contract to sign up."""
    require(request.user, ADD_CONTRACT)
    contract = get_object_or_404(Contract, pk=pk)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitations.invite(contract, form.cleaned_data["email"], by=request.user)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, f"Invited: {form.cleaned_data['email']}.")
            return redirect(contract)
    context = {
        "contract": contract,
        "form": form,
        "invitations": contract.invitations.select_related("by"),
        **frame(f"Invite {contract.supplier_label or 'the supplier'}", "mail", here=contract.reference),
    }
    return TemplateResponse(request, "suppliers/admin/contract_invite.html", context)


class ValueForm(forms.Form):
    proxy = forms.ModelChoiceField(ProxyValue.objects.none(), label="Which value, of which table?")


def value_choose(request, pk):
    """Give a commitment the proxy value of its award, once."""
    require(request.user, ADD_COMMITMENT)
    commitment = get_object_or_404(Commitment.objects.with_balance(), pk=pk)
    form = ValueForm(request.POST or None)
    form.fields["proxy"].queryset = ProxyValue.objects.filter(unit=commitment.unit)
    if request.method == "POST" and form.is_valid():
        try:
            values.choose(commitment, form.cleaned_data["proxy"], by=request.user)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, "Kept. It stays whatever later versions of the table say.")
            return redirect(commitment)
    words = frame("Proxy value", "tag", here=str(commitment))
    context = {"commitment": commitment, "form": form, "button": "Keep this value", **words}
    return TemplateResponse(request, "suppliers/admin/adjust.html", context)


class HandOverForm(forms.Form):
    old = forms.ModelChoiceField(
        get_user_model().objects.none(),
        label="Whose contracts?",
        required=False,
        empty_label="Those that nobody manages",
    )
    new = forms.ModelChoiceField(get_user_model().objects.none(), label="Who takes them on?")
    note = forms.CharField(
        label="What does your colleague have to know?", max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        people = get_user_model().objects
        managing = Contract.objects.exclude(manager=None).values("manager")
        self.fields["old"].queryset = people.filter(pk__in=managing).order_by("name")
        self.fields["new"].queryset = people.who_may(ADD_COMMITMENT).order_by("name")


def hand_over(request):
    """All contracts of a manager who leaves go to a colleague."""
    require(request.user, ADD_COMMITMENT)
    form = HandOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count = managers.hand_over(**form.cleaned_data, by=request.user)
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            messages.success(request, f"{count} contracts handed over; {form.cleaned_data['new']} has been told.")
            return redirect("hand_over")
    context = {"form": form, "unmanaged": managers.without_manager()[:50], **frame("Hand contracts over", "group")}
    return TemplateResponse(request, "suppliers/admin/hand_over.html", context)
