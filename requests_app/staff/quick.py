"""Many requests at once, as they are told at an event or by telephone: a row each, submitted like any other.

All of them are saved or none; each goes to a moderator, and its group hears of it as of any other. Whoever enters
them acts for the council: the log names them, and where they were told.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.response import TemplateResponse
from django.urls import reverse
from wagtail.log_actions import log

from organisations.models import Organisation
from organisations.permissions import CHANGE_ORGANISATION
from places.models import clean_known_postcode
from screens.fields import DayField, NumberField
from screens.frames import frame, require
from vocabulary.kinds import refuse_unit

from .. import moderation
from ..models import Request
from ..permissions import CHANGE_REQUEST

ROWS = 6


class QuickRow(forms.ModelForm):
    """One request; a row in which nothing stands is no request."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.that_draft().order_by("name"),
        label="Who asks",
        empty_label="Choose",
    )
    quantity = NumberField(label="How much", min_value=0)
    postcode = forms.CharField(label="Postcode, empty for anywhere", max_length=10, required=False)
    needed_by = DayField(label="Needed by")

    class Meta:
        model = Request
        fields = ["organisation", "kind", "title", "description", "quantity", "unit", "needed_by"]
        labels = {"kind": "Kind", "title": "In a few words", "description": "What and why", "unit": "Of what"}
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("title", "description", "unit"):
            self.fields[name].required = True
        for name in ("kind", "unit"):
            self.fields[name].choices = [("", "Choose"), *(pair for pair in self.fields[name].choices if pair[0])]

    def clean_quantity(self):
        if self.cleaned_data["quantity"] <= 0:
            raise ValidationError("Enter a number above 0.")
        return self.cleaned_data["quantity"]

    def clean_postcode(self):
        return clean_known_postcode(self.cleaned_data["postcode"]) if self.cleaned_data["postcode"] else ""

    def clean(self):
        data = super().clean()
        self.instance.live, self.instance.remote = False, not data.get("postcode")
        self.instance.postcode = data.get("postcode", "")
        if data.get("kind") and data.get("unit"):
            refuse_unit(data["kind"], data["unit"])
        return data


class SourceForm(forms.Form):
    source = forms.CharField(label="Where were they told?", max_length=120, help_text="Like “Leatherhead fair, 5 May”")


QuickRows = forms.formset_factory(QuickRow, extra=ROWS, max_num=40)


def request_quick(request):
    """Enter several requests on one screen."""
    require(request.user, CHANGE_REQUEST)
    rows, source = QuickRows(request.POST or None, prefix="row"), SourceForm(request.POST or None)
    saved, error = [], ""
    if request.method == "POST" and rows.is_valid() and source.is_valid():
        filled = [row for row in rows if row.has_changed()]
        if not filled:
            error = "Nothing was entered yet."
        else:
            try:
                saved = enter(filled, source.cleaned_data["source"], by=request.user)
            except ValidationError as refused:
                error = f"Nothing was saved. {' '.join(refused.messages)}"
            else:
                rows = QuickRows(prefix="row")
    context = {
        "rows": rows, "source": source, "saved": saved, "error": error,
        "enters_groups": request.user.has_perm(CHANGE_ORGANISATION),
        **frame("Enter several requests", "form", (reverse("request_queue"), "Requests to decide")),
    }  # fmt: skip
    wrong = error or (request.method == "POST" and not saved)
    return TemplateResponse(request, "requests_app/admin/quick.html", context, status=422 if wrong else 200)


@transaction.atomic
def enter(rows, source, *, by):
    """Save checked rows and submit each; [Request]. ValidationError, and nothing saved, where one can't be."""
    made = []
    for row in rows:
        made.append(row.save())
        log(made[-1], "requests_app.entered", user=by, data={"source": source})
        moderation.submit(made[-1], by=by)
    return made
