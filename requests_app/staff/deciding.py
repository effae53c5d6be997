"""One request that waits for a moderator: as the public will read it, what changed, who asks, and the answer."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.compare import diff_text

from desk import clocks, deciding, queues
from mail.composing import words
from organisations import sides
from screens.frames import frame, put_errors, require

from .. import emails, judging, moderation
from ..models import Request
from ..permissions import PUBLISH_REQUEST

QUEUE = "requests"


def cases(user):
    """[Case] of requests that this person may answer: nobody answers for an organisation of their own."""
    waiting = list(moderation.queue().select_related("workflow_state", "revision"))
    ids = [int(state.workflow_state.object_id) for state in waiting]
    own = sides.own_ids(user)
    found = Request.objects.exclude(organisation__in=own).select_related("organisation").in_bulk(ids)
    return [
        queues.Case(
            number,
            state.revision.object_str or "A request without a title",
            reverse("request_decide", args=[number]),
            clocks.allowing(timezone.localdate(state.started_at), settings.MODERATION_DAYS),
            str(found[number].organisation),
        )
        for state, number in zip(waiting, ids, strict=True)
        if number in found
    ]


queues.register(
    queues.Queue(
        QUEUE, "Requests to decide", PUBLISH_REQUEST, cases, "request_queue",
        "request waits for a moderator", "requests wait for a moderator", order=10,
    )
)  # fmt: skip


class AnswerForm(forms.Form):
    """Approve, or return with a reason: ready sentences, own words, or both."""

    CHOICES = (("approve", "Approve: it becomes public"), ("reject", "Return: the group changes it"))

    verb = forms.ChoiceField(
        label="Your decision", choices=CHOICES, widget=forms.RadioSelect, error_messages={"required": "Choose one."}
    )
    ready = forms.MultipleChoiceField(
        label="What should they change?", choices=judging.READY, required=False, widget=forms.CheckboxSelectMultiple
    )
    own = forms.CharField(
        label="In your words", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The group reads this, and it is kept with the request.",
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def words(self):
        """All that the group will read."""
        sentences = dict(judging.READY)
        return "\n\n".join([*(sentences[key] for key in self.cleaned_data["ready"]), self.cleaned_data["own"]]).strip()

    def clean(self):
        data = super().clean()
        if data.get("verb") == "reject" and not self.words():
            self.add_error("own", "Say why you return it: the group will read it.")
        if data.get("verb") == "approve" and data.get("ready"):
            self.add_error("ready", "You approve it and ask for a change. Take the ticks out, or return it.")
        return data


def marks(old, new):
    """[(what became of it, words)] of two versions in one: "equal", "addition" or "deletion"; empty where alike."""
    return [] if old == new else diff_text(old, new).changes


def request_decide(request, pk):
    """Judge one request, and go on to the next."""
    require(request.user, PUBLISH_REQUEST)
    of_group = get_object_or_404(Request.objects.for_page(), pk=pk)
    state = moderation.state_of(of_group)
    if sides.own_of(request.user, of_group.organisation):
        raise PermissionDenied("You belong to this organisation, or did. Ask another moderator.")
    shared = deciding.context(request, QUEUE, pk)
    form = AnswerForm(request.POST or None, initial={"seen": state.revision_id if state else 0})
    if request.method == "POST" and form.is_valid():
        verb = form.cleaned_data["verb"]
        try:
            moderation.answer(of_group, verb, form.words(), by=request.user, seen=form.cleaned_data["seen"])
        except ValidationError as refused:
            put_errors(form, refused)
        else:
            done = "is public" if verb == "approve" else "is with the group again"
            messages.success(request, f"“{of_group}” {done}. {of_group.organisation} has been told.")
            return deciding.go_on(request, shared["place"])
    return TemplateResponse(
        request, "requests_app/admin/request_decide.html", page(of_group, state, form) | shared,
        status=422 if form.errors else 200,
    )  # fmt: skip


def page(of_group, state, form):
    """Context of the page: the request as it waits, beside how it was judged last."""
    shown = state.revision.as_object() if state and state.revision else of_group
    last = judging.before(of_group, state) if state else None
    old_facts = dict(judging.facts(last)) if last else {}
    facts = judging.facts(shown)
    return {
        "shown": shown,
        "state": state,
        "is_change": last is not None,
        "is_public": of_group.live,
        "title": changed(last, shown, "title"),
        "description": changed(last, shown, "description"),
        "facts": [
            (heading, text, marks(old_facts.get(heading, text), text))
            for heading, text in facts
            if text or old_facts.get(heading)
        ],
        "pictures": shown.pictures.all(),
        "checks": judging.checks(shown),
        "group": judging.group(of_group),
        "form": form,
        "compare": Request.snippet_viewset.get_url_name("revisions_compare"),
        "letter": words("request_returned", request=shown, comment="[your words]", link=emails.check_link(of_group)),
        **frame(
            f"Decide: {shown.title or 'a request without a title'}", "clipboard-list",
            (reverse("request_queue"), "Requests to decide"), here=str(shown),
        ),
    }  # fmt: skip


def changed(last, shown, name):
    """(words, the marks of their changes) of a text of the request."""
    new = getattr(shown, name)
    return new, marks(getattr(last, name) if last else new, new)
