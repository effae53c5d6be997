"""One's own account: the name, where one is signed in, what is kept about one, and going away."""

from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import EmailField
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from wagtail.log_actions import log

from mail import preferences
from mail.models import Preference
from mail.topics import TOPICS
from organisations.models import Membership, User
from requests_app import access
from screens.forms import GovukForm
from talking import calendar

from . import happened
from .speculation import is_ahead

SECRET_APPS = {"mfa", "usersessions", "sessions"}  # what signs somebody in is nobody's to download
SECRET_FIELDS = {"password", "key", "token", "data"}


class NameForm(GovukForm, forms.ModelForm):
    class Meta:
        model = User
        fields = ("name",)
        help_texts = {"name": "Colleagues and the other side of a pledge see it beside what you do from now on."}


class DeleteForm(GovukForm, forms.Form):
    password = forms.CharField(
        label="Your password", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter your password"},
    )  # fmt: skip

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self):
        password = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError("That is not your password.")
        return password


@login_required
def my_account(request):
    """Change one's name, and the way to everything else about one's account."""
    person = User.objects.get(pk=request.user.pk)
    form = NameForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        log(person, "organisations.rename", user=person)
        messages.success(request, "Your name is changed.")
        return redirect("my_account")
    feed = settings.SITE_URL + reverse("day_feed", args=[calendar.feed_token(person)])
    return render(request, "marketplace/my_account.html", {"form": form, "feed": feed})


@login_required
def my_contacts_seen(request):
    """Who was shown the contact details of one's organisations, and when."""
    rows = access.who_saw_contacts(request.user)
    return render(request, "marketplace/my_contacts_seen.html", {"rows": rows})


@login_required
def my_happened(request):
    """What others did about one's things, and what of it is new since one last looked."""
    ids = access.my_organisations(request.user)
    rows = happened.lately(request.user, ids) if ids else []
    if not is_ahead(request):
        User.objects.filter(pk=request.user.pk).update(looked_at=timezone.now())
    return render(request, "marketplace/my_happened.html", {"rows": rows, "new": sum(row.is_new for row in rows)})


class NoticesForm(GovukForm, forms.Form):
    """How one hears of each topic."""

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        kept = preferences.chosen(person.email)
        for topic, (words, _) in TOPICS.items():
            if topic != "deciding" or person.is_council_staff:
                self.fields[topic] = forms.ChoiceField(
                    label=words,
                    choices=Preference.How.choices,
                    initial=kept.get(topic, Preference.How.AT_ONCE),
                    error_messages={"invalid_choice": "Choose one of the answers shown."},
                )


@login_required
def my_notices(request):
    """How one hears of things: at once, together, or a colleague does."""
    form = NoticesForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        for topic, how in form.cleaned_data.items():
            preferences.choose(request.user.email, topic, how)
        messages.success(request, "Kept.")
        return redirect("my_notices")
    return render(request, "marketplace/my_notices.html", {"form": form})


def kept_about(person):
    """{what: [{field: value}]} of everything that is kept about a person or that they did, other people's names left
    out: of each table that points to them, what stands in the row itself.
    """
    kept = {"account": [_fields_of(person)], "how you hear of things": [preferences.chosen(person.email)]}
    for relation in User._meta.get_fields(include_hidden=True):
        model = relation.related_model
        if not (relation.one_to_many or relation.one_to_one) or not relation.auto_created:
            continue
        if model._meta.app_label in SECRET_APPS or model._meta.auto_created:
            continue
        rows = model._base_manager.filter(**{relation.field.name: person}).order_by("pk")
        name = f"{model._meta.verbose_name_plural}, {relation.field.verbose_name}"
        if found := [_fields_of(row) for row in rows]:
            kept[str(name)] = found
    return kept


def _fields_of(row):
    fields = [
        field
        for field in row._meta.concrete_fields
        if not (field.is_relation and field.related_model is User) and not _is_of_others(row, field)
    ]
    return {field.name: _value(row, field) for field in fields}


def _is_of_others(row, field):
    """Whether a field may hold a secret, or a way to reach somebody else: contacts of an organisation, addresses."""
    if field.name in SECRET_FIELDS | {"who"} or field.name.startswith(("contact_", "sponsor_")):
        return True
    return isinstance(field, EmailField) and not isinstance(row, User | EmailAddress)


def _value(row, field):
    value = field.value_from_object(row)
    return value if isinstance(value, int | str | bool | list | dict | type(None)) else str(value)


@never_cache
@login_required
def my_data(request):
    """Everything kept about the person, as a JSON file."""
    found = {"made_at": timezone.now().isoformat(), **kept_about(User.objects.get(pk=request.user.pk))}
    response = JsonResponse(found, json_dumps_params={"indent": 1, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@login_required
def my_account_delete(request):
    """Go away, after a question and the password: history stays, the person goes."""
    person = User.objects.get(pk=request.user.pk)
    if person.is_council_staff:
        raise PermissionDenied(
            "Accounts of the council’s staff are ended by the programme team, who hand on what is held."
        )
    alone = Membership.objects.admitted().filter(user=person, role=Membership.Role.OWNER).select_related("organisation")
    form = DeleteForm(request.POST or None, user=person)
    if request.method == "POST" and form.is_valid():
        logout(request)
        person.delete()
        messages.success(request, "Your account is deleted. Thank you for what you did here.")
        return redirect("/")
    return render(request, "marketplace/my_account_delete.html", {"form": form, "owned": alone})
