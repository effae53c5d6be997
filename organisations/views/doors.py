"""The page of signing up, and the links that lead to it: a campaign's, and an invitation's."""

from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.views import SignupView
from django.shortcuts import redirect, render
from django.urls import reverse

from .. import doors


class SignUp(SignupView):
    """allauth's page; who opens it is counted, by the code that brought them if one did."""

    def get(self, request, *args, **kwargs):
        way = doors.came_by(request)
        ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
        doors.visit(None if way == doors.INVITED else way, request.headers.get("User-Agent", ""), ahead)
        return super().get(request, *args, **kwargs)

    def form_valid(self, form):
        answer = super().form_valid(form)
        self.request.session.pop(doors.KEY, None)
        return answer


def campaign(request, code):
    """The link of a campaign: its code is kept for whoever signs up next, which the page then says."""
    found = doors.by_code(code)
    if found is None:
        return render(request, "organisations/campaign_void.html", {"are_open": doors.are_open()}, status=404)
    if request.user.is_authenticated:
        return redirect("dashboard")
    doors.remember(request, found)
    return redirect("account_signup")


def invited(request, token):
    """The link of such an invitation."""
    email = doors.read_link(token)
    if email is None:
        return render(request, "organisations/invitation_void.html", status=404)
    start = reverse("organisation_start")
    if request.user.is_authenticated:
        return redirect(start)
    get_adapter(request).stash_verified_email(request, email)
    doors.remember(request, doors.INVITED)
    return redirect(f"{reverse('account_signup')}?{urlencode({'next': start, 'email': email})}")
