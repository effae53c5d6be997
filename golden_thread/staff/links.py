"""Mending for staff: suggested links answered one by one or a page at a time, taken back, and sent to Proactis."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from wagtail.log_actions import log

from screens.frames import csv_file, frame, require
from suppliers.permissions import VIEW_CONTRACT
from words.references import reference_key

from .. import links, records
from .. import rules as thread_rules
from ..models import LinkSearch, ThreadLink
from ..permissions import ADD_THREAD_LINK
from ..views import asked_rules, authorities
from .screens import crumb, titled

A_PAGE = 20
SURE = 0.9
TICK_ALL = f"Choose every suggestion of this page that is at least {SURE:.0%} sure"


def thread_suggestions(request):
    """A page of contracts with what may be their project; ?ticked=1 marks the surest, ?contract= shows one."""
    require(request.user, VIEW_CONTRACT)
    may_answer, rules = request.user.has_perm(ADD_THREAD_LINK), asked_rules(request)
    if request.method == "POST":
        require(request.user, ADD_THREAD_LINK)
        _answer(request, rules)
        return redirect(f"{reverse('thread_suggestions')}?{request.GET.urlencode()}")
    searches = LinkSearch.objects.filter(contracts_extract__council=rules.council)
    made = searches.select_related("projects_extract", "contracts_extract").first()
    filters = {name: request.GET.get(name, "").replace("\0", "") for name in ("contract", "directorate")}
    rows = links.unanswered(rules.council)
    directorates = rows.order_by("directorate").values_list("directorate", flat=True).distinct()
    if filters["contract"]:
        rows = rows.filter(reference_key=reference_key(filters["contract"]))
    if filters["directorate"]:
        rows = rows.filter(directorate=filters["directorate"])
    keys = rows.order_by("-surest", "reference_key").values_list("reference_key", "surest").distinct()
    page = Paginator(keys, A_PAGE).get_page(request.GET.get("page"))
    ticked = request.GET.get("ticked") == "1"
    context = (
        frame(titled("Suggested links", rules), "link", crumb(rules))
        | authorities(rules)
        | {
            "made": made,
            "is_current": bool(made) and links.is_current(made),
            "page": page,
            "questions": links.questions([key for key, _ in page], rules.council),
            "ticked": ticked,
            "tick": ("Choose nothing beforehand", "") if ticked else (TICK_ALL, 1),
            "sure": SURE,
            "may_answer": may_answer,
            **filters,
            "directorates": directorates,
        }
    )
    return TemplateResponse(request, "golden_thread/admin/suggestions.html", context)


def _answer(request, rules):
    posted = ((name.replace("\0", ""), value) for name, value in request.POST.items())
    choices = {name[5:]: value for name, value in posted if name.startswith("pair:") and value}
    if not choices:
        messages.info(request, "Nothing was chosen.")
    confirmed, refused, taken = links.answer(choices, rules.council, by=request.user)
    if confirmed or refused:
        counts = {"confirmed": len(confirmed), "with none of what was suggested": len({r.reference for r in refused})}
        said = ", ".join(f"{count} {words}" for words, count in counts.items() if count)
        messages.success(request, f"{said}. What was answered can be undone under “Confirmed links”.")
    if taken:
        names = ", ".join(taken)
        messages.warning(request, f"Not saved, as it was answered or suggested anew in between: {names}. Look again.")


def thread_links(request):
    """What was confirmed and refused, by whom and when, and whether Proactis has it by now."""
    require(request.user, VIEW_CONTRACT)
    rules = asked_rules(request)
    rows = ThreadLink.objects.filter(council=rules.council).select_related("made_by", "undone_by")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    context = (
        frame(titled("Confirmed links", rules), "link", crumb(rules))
        | authorities(rules)
        | {
            "page": page,
            "rows": links.with_standing(list(page), rules.council),
            "waiting": len(links.waiting(rules.council)),
            "may_answer": request.user.has_perm(ADD_THREAD_LINK),
        }
    )
    return TemplateResponse(request, "golden_thread/admin/links.html", context)


class UndoForm(forms.Form):
    because = forms.CharField(
        label="Why is it undone?", max_length=300, error_messages={"required": "Say why it is undone."}
    )


def thread_undo(request, pk):
    """Take an answer back, with the reason."""
    require(request.user, ADD_THREAD_LINK)
    link = get_object_or_404(ThreadLink, pk=pk)
    back = reverse("thread_links") + (f"?council={link.council_id}" if link.council_id else "")
    if request.method == "GET" and link.undone_at:
        messages.info(request, f"{link} was undone already.")
        return redirect(back)
    form = UndoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            links.undo(link, form.cleaned_data["because"], by=request.user)
            messages.success(request, f"Undone: {link}.")
            return redirect(back)
        except ValidationError as refused:
            form.add_error(None, refused)
    rules = thread_rules.current(link.council_id)
    context = frame("Undo", "link", crumb(rules), (back, "Confirmed links"))
    context |= {"link": link, "form": form, "back": back}
    return TemplateResponse(request, "golden_thread/admin/undo.html", context)


def thread_corrections(request):
    """The corrections for Proactis, in its own columns; each download is in the log."""
    require(request.user, ADD_THREAD_LINK)
    rules = asked_rules(request)
    try:
        text, count = links.corrections(rules.council)
    except records.NoExtract as missing:
        raise Http404(str(missing)) from missing
    newest = records.newest(records.System.CONTRACTS, rules.council)
    log(newest, "golden_thread.corrections", user=request.user, data={"links": count})
    return csv_file(text, rules.file_name(f"proactis-corrections-{newest.as_at}"))
