"""Staff screens of assurance: samples, drawing one, and each delivery beside its evidence."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from screens.fields import DayField, NumberField
from screens.frames import frame, put_errors, require
from vocabulary.quantities import as_typed

from . import checking, drawing, estimate, evidence, suspicions
from .models import Sample, SampleItem
from .permissions import ADD_SAMPLE, CHANGE_SAMPLE, VIEW_SAMPLE

A_PAGE = 50


def yesterday():
    return timezone.localdate() - timedelta(days=1)


class DrawForm(forms.Form):
    """What names a sample: the same words draw the same again."""

    seed = forms.IntegerField(
        label="Seed", min_value=0, max_value=2**53,
        help_text="A whole number that nobody chose: a throw of dice, a lottery’s number. It stands beside the result.",
    )  # fmt: skip
    size = forms.IntegerField(label="How many draws", min_value=1, max_value=drawing.MOST, initial=drawing.USUAL)
    since = DayField(label="Delivered from (optional)", required=False)
    until = DayField(label="Delivered up to", initial=yesterday)

    def clean(self):
        data = super().clean()
        since, until = data.get("since"), data.get("until")
        if until and until >= timezone.localdate():
            self.add_error("until", "Choose a day that is over.")
        if since and until and since > until:
            self.add_error("since", "The first day comes before the last.")
        return data

    def words(self):
        """What `drawing.draw` takes; without a first day all counts."""
        return {name: value for name, value in self.cleaned_data.items() if value is not None}


def sample_list(request):
    """Samples with how far each is checked; below, drawing another."""
    require(request.user, VIEW_SAMPLE)
    form = DrawForm(request.POST or None)
    if request.method == "POST":
        require(request.user, ADD_SAMPLE)
        if form.is_valid():
            try:
                sample, is_new = drawing.draw(**form.words(), as_at=yesterday(), by=request.user)
            except ValidationError as refused:
                put_errors(form, refused)
            else:
                messages.success(request, "Drawn." if is_new else "This sample was drawn before: here it is.")
                return redirect("sample_staff", sample.pk)
    page = Paginator(Sample.objects.prefetch_related("items__commitment"), A_PAGE).get_page(request.GET.get("page"))
    rows = [(sample, *estimate.progress(sample), estimate.of_sample(sample)) for sample in page]
    context = {
        "form": form if request.user.has_perm(ADD_SAMPLE) else None, "rows": rows, "page": page,
        **frame("Assurance", "search"),
    }  # fmt: skip
    return TemplateResponse(request, "assurance/admin/sample_list.html", context)


def sample_staff(request, pk):
    """One sample: its deliveries, those to check first."""
    require(request.user, VIEW_SAMPLE)
    sample = get_object_or_404(Sample, pk=pk)
    rows = sample.items.select_related("commitment__contract__supplier", "checked_by").order_by("checked_at", "pk")
    context = {
        "sample": sample, "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "estimate": estimate.of_sample(sample), "progress": estimate.progress(sample),
        **frame(f"Sample {sample.seed}", "search", (reverse("samples"), "Assurance"), here=str(sample)),
    }  # fmt: skip
    return TemplateResponse(request, "assurance/admin/sample.html", context)


class CheckForm(forms.Form):
    found = NumberField(label="How much does the evidence show?", min_value=0)
    words = forms.CharField(
        label="What did you check it against, or what is missing?", max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


def sample_item(request, pk):
    """One delivery beside everything there is to check it against; then the next one that waits."""
    require(request.user, VIEW_SAMPLE)
    item = get_object_or_404(SampleItem.objects.select_related("sample", "commitment__contract", "checked_by"), pk=pk)
    form = CheckForm(request.POST or None, initial={"found": as_typed(item.confirmed)})
    if request.method == "POST":
        require(request.user, CHANGE_SAMPLE)
        if form.is_valid():
            try:
                checking.check(item, form.cleaned_data["found"], form.cleaned_data["words"], by=request.user)
            except ValidationError as refused:
                put_errors(form, refused)
            else:
                messages.success(request, "Checked.")
                return redirect(_next(item.sample))
    may = request.user.has_perm(CHANGE_SAMPLE) and not item.is_checked
    context = {
        "item": item, "form": form if may else None, "shown": evidence.of_item(item),
        "progress": estimate.progress(item.sample),
        **frame(
            item.confirmed_words, "search", (reverse("samples"), "Assurance"),
            (reverse("sample_staff", args=[item.sample_id]), f"Sample {item.sample.seed}"),
        ),
    }  # fmt: skip
    return TemplateResponse(request, "assurance/admin/item.html", context)


def _next(sample):
    """Where the next delivery to check is, else the sample."""
    waiting = sample.items.filter(checked_at=None).order_by("pk").first()
    return reverse("sample_item", args=[waiting.pk]) if waiting else reverse("sample_staff", args=[sample.pk])


def suspicion_list(request):
    """What deserves a second look, by kind."""
    require(request.user, VIEW_SAMPLE)
    page = Paginator(suspicions.all_of_them(), A_PAGE).get_page(request.GET.get("page"))
    crumb = (reverse("samples"), "Assurance")
    return TemplateResponse(
        request, "assurance/admin/suspicions.html", {"page": page, **frame("Look twice", "warning", crumb)}
    )
