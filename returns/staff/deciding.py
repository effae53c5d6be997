"""Returns that wait for the contract manager, and the answer to each: many lines at once."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from desk import clocks, queues
from desk import deciding as desk
from screens.frames import frame, put_errors, require
from suppliers import managers, pace, plans

from .. import deciding, imports, views
from ..forms import UploadForm
from ..models import Answer, Return
from ..permissions import CHANGE_RETURN, VIEW_RETURN

A_PAGE = 50
QUEUES = {"waiting": "To answer", "late": "Late", "asked": "Asked back", "done": "Answered"}


ALLOWED = 10  # working days, after which its manager is reminded
QUEUE = "returns"


def cases(user):
    """[Case] of returns to answer: of contracts that this person manages, that nobody does, or that are late."""
    found = []
    for of_return in Return.objects.to_answer().with_contract():
        clock = clocks.allowing(timezone.localdate(of_return.sent_at), ALLOWED)
        if managers.is_turn_of(user, of_return.contract, clock):
            words = f"Answer the return for {of_return.period} from {of_return.contract.supplier_label}"
            url = reverse("return_decide", args=[of_return.pk])
            found.append(queues.Case(of_return.pk, words, url, clock, str(of_return.contract)))
    return found


queues.register(
    queues.Queue(
        QUEUE, "Returns to answer", CHANGE_RETURN, cases, "return_queue",
        "return waits for your answer", "returns wait for your answer", order=50,
    )
)  # fmt: skip


def queue(name, user, whose):
    """Returns of a queue: everybody's, or of the contracts that `user` manages."""
    rows = Return.objects.with_contract().order_by("due_on", "pk")
    rows = rows.filter(contract__manager=user) if whose == "mine" else rows
    if name == "waiting":
        return rows.to_answer()
    if name == "late":
        return rows.late(timezone.localdate())
    if name == "asked":
        return rows.filter(state=Return.State.QUERIED)
    return rows.filter(state=Return.State.ACCEPTED).order_by("-answered_at", "pk")


def return_queue(request):
    """Returns by whose turn it is; ?whose=all for everybody's contracts."""
    require(request.user, VIEW_RETURN)
    name = request.GET.get("queue", "waiting")
    name = name if name in QUEUES else "waiting"
    whose = "all" if request.GET.get("whose") == "all" else "mine"
    rows = queue(name, request.user, whose)
    counts = [(key, words, queue(key, request.user, whose).count()) for key, words in QUEUES.items()]
    context = {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")), "queue": name, "whose": whose,
        "queues": counts, **frame("Returns", "doc-full"),
    }  # fmt: skip
    return TemplateResponse(request, "returns/admin/queue.html", context)


class DecisionForm(forms.Form):
    """A choice and words for each line that waits."""

    CHOICES = (("", "Leave it"), *deciding.VERBS.items())

    def __init__(self, *args, answers, changes, **kwargs):
        super().__init__(*args, **kwargs)
        self.answers = answers
        self.fields["seen"] = forms.IntegerField(widget=forms.HiddenInput, initial=changes)
        for answer in self.waiting():
            self.fields[f"verb_{answer.pk}"] = forms.ChoiceField(
                label=f"What do you say to {answer.commitment}?", choices=self.CHOICES, required=False,
                initial="" if answer.findings else deciding.ACCEPT,
            )  # fmt: skip
            self.fields[f"words_{answer.pk}"] = forms.CharField(
                label=f"Your question or reason about {answer.commitment}", required=False, max_length=500
            )

    def waiting(self):
        return [answer for answer in self.answers if Answer.moves.can(answer, "accept")]

    def rows(self):
        """[(Answer, verb field or None, words field or None)]."""
        waits = {answer.pk for answer in self.waiting()}
        return [
            (a, self[f"verb_{a.pk}"], self[f"words_{a.pk}"]) if a.pk in waits else (a, None, None) for a in self.answers
        ]

    def decisions(self):
        data = self.cleaned_data
        return {
            a.pk: (data[f"verb_{a.pk}"], data[f"words_{a.pk}"]) for a in self.waiting() if data[f"verb_{a.pk}"]
        }  # fmt: skip


def answers_of(shown):
    return list(shown.answers.select_related("commitment__balance", "line").prefetch_related("files__upload"))


def _too_late(request, shown):
    """Somebody else answered all of it: who, and the words that were typed meanwhile."""
    who = shown.answered_by or (shown.saved_by if shown.saved_by not in shown.contract.people else None)
    who = who or "Somebody else"
    typed = [words for name, words in request.POST.items() if name.startswith("words_") and words.strip()]
    kept = f" You had written: “{'”, “'.join(typed)}”." if typed else ""
    messages.error(request, f"{who} answered this return after you opened it. Theirs is kept.{kept}")
    return redirect("return_decide", shown.pk)


def _see_anew(form, shown, refused):
    """After somebody else's change: what was typed stays, and the next press is made knowing theirs; the Answers."""
    if getattr(refused, "code", "") == "moved":
        form.add_error(None, "What you chose is still below: look at both, then press again.")
        form.data = form.data.copy()
        form.data["seen"] = shown.changes
        form.answers = answers_of(shown)
    return form.answers


def return_decide(request, pk):
    """One return beside its plan; each line accepted, asked about or rejected."""
    require(request.user, VIEW_RETURN)
    shown = get_object_or_404(Return.objects.with_contract(), pk=pk)
    answers = answers_of(shown)
    may = request.user.has_perm(CHANGE_RETURN) and shown.moves.can(shown, "answer")
    form = DecisionForm(request.POST or None, answers=answers, changes=shown.changes) if may else None
    shared = desk.context(request, QUEUE, pk)
    if request.method == "POST":
        require(request.user, CHANGE_RETURN)
        if form is None:
            return _too_late(request, shown)
        if form.is_valid():
            try:
                deciding.decide(shown, form.decisions(), by=request.user, seen=form.cleaned_data["seen"])
            except ValidationError as refused:
                shown.refresh_from_db()
                if not shown.moves.can(shown, "answer"):
                    return _too_late(request, shown)
                put_errors(form, refused)
                answers = _see_anew(form, shown, refused)
            else:
                messages.success(request, "Kept. The supplier is told once every line is answered.")
                shown.refresh_from_db()
                answered = not shown.moves.can(shown, "answer")
                return desk.go_on(request, shared["place"]) if answered else redirect("return_decide", pk)
    known = plans.in_force([answer.commitment_id for answer in answers])
    last = min(shown.last_day, timezone.localdate())
    standings = {a.pk: pace.standing(a.commitment, known.get(a.commitment_id), last) for a in answers}
    reached = plans.milestones([answer.commitment_id for answer in answers], shown.first_day, shown.last_day)
    rows = form.rows() if form else [(answer, None, None) for answer in answers]
    context = {
        "return": shown, "form": form,
        "rows": [(*row, standings[row[0].pk], reached.get(row[0].commitment_id, ())) for row in rows],
        **shared, **frame(shown.period, "doc-full", (reverse("return_queue"), "Returns"), here=str(shown)),
    }  # fmt: skip
    return TemplateResponse(request, "returns/admin/decide.html", context)


class StaffUploadForm(forms.Form):
    file = UploadForm.base_fields["file"]


def return_import(request):
    """A return that came to the council as a file: looked at, then saved as accepted."""
    require(request.user, CHANGE_RETURN)
    if request.POST.get("agreed"):
        try:
            of_return, changed = imports.save_accepted(imports.unpack(request.POST["agreed"]), by=request.user)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect("return_import")
        messages.success(request, f"Saved as accepted: {changed} lines changed.")
        return redirect("return_decide", of_return.pk)
    form = StaffUploadForm(request.POST or None, request.FILES or None)
    reading = views.read_upload(form) if request.method == "POST" and form.is_valid() else None
    context = {
        "form": form, **views.preview(reading),
        **frame("A return from a file", "upload", (reverse("return_queue"), "Returns")),
    }  # fmt: skip
    return TemplateResponse(request, "returns/admin/import.html", context)
