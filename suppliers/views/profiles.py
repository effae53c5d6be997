"""A supplier's own page about what it can offer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render

from organisations.views.organisations import membership_or_404

from .. import profiles
from ..forms import SupplierProfileForm
from ..models import SupplierProfile


@login_required
def supplier_profile(request, pk):
    """Say what the organisation can offer, how far it travels and which contracts it holds."""
    organisation = membership_or_404(request.user, pk, owner=True).organisation
    profile = SupplierProfile.objects.filter(organisation=organisation).first()
    form = SupplierProfileForm(request.POST or None, instance=profile or SupplierProfile(organisation=organisation))
    if request.method == "POST" and form.is_valid():
        profiles.save(form.save(commit=False))
        messages.success(request, "Saved.")
        return redirect(organisation)
    return render(request, "suppliers/supplier_profile.html", {"form": form, "organisation": organisation})
