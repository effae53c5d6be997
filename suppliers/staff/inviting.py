"""Every supplier of the register that has not signed up, and an invitation to as many as one has addresses of."""

from django import forms
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from desk import deciding
from screens.frames import frame, require

from .. import invitations
from ..permissions import ADD_CONTRACT


class AddressesForm(forms.Form):
    """A box for the address of each; an empty one is left out."""

    def __init__(self, *args, suppliers, **kwargs):
        super().__init__(*args, **kwargs)
        self.suppliers = suppliers
        for supplier in suppliers:
            self.fields[f"to_{supplier.pk}"] = forms.EmailField(
                label=f"Address of {supplier.name}", required=False, max_length=254
            )

    def rows(self):
        """[(Unsigned, its box)]"""
        return [(supplier, self[f"to_{supplier.pk}"]) for supplier in self.suppliers]

    def clean(self):
        data = super().clean()
        if not self.errors and not any(data.values()):
            raise forms.ValidationError("Enter at least one address.")
        return data

    def filled(self):
        """[(Unsigned, address)] of those that were filled in."""
        pairs = [(supplier, self.cleaned_data[f"to_{supplier.pk}"]) for supplier in self.suppliers]
        return [(supplier, address) for supplier, address in pairs if address]


class Invited:
    """One of them, with words for what is said of it."""

    def __init__(self, supplier, address):
        self.supplier, self.address = supplier, address

    def __str__(self):
        return self.supplier.name


def suppliers_invite(request):
    """Invite the suppliers of the register in one go."""
    require(request.user, ADD_CONTRACT)
    form = AddressesForm(request.POST if request.method == "POST" else None, suppliers=invitations.unsigned())
    if request.method == "POST" and form.is_valid():
        deciding.one_by_one(
            request,
            [Invited(*pair) for pair in form.filled()],
            lambda row: invitations.invite_supplier(row.supplier.contracts, row.address, by=request.user),
            lambda count: f"{count} supplier{'' if count == 1 else 's'} invited.",
        )
        return redirect("suppliers_invite")
    context = {"form": form, **frame("Invite suppliers", "mail")}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "suppliers/admin/suppliers_invite.html", context, status=status)
