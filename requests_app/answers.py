"""What a draft says, in the order in which it was asked: the page on which a requestor checks it."""

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Answer:
    key: str  # what was asked, in a few words
    value: str  # "" where the answer is missing
    step: str = ""  # the step of the form that asks it; "" where it can't be changed
    change: str = ""  # the address of that step, "" where it may not be changed now


def of(draft, *, may_change):
    """[Answer] of a draft, each with the way to change it where that is allowed."""
    answers = [
        Answer("Who asks", str(draft.organisation)),
        Answer("Kind of help", draft.get_kind_display(), "kind"),
        Answer("Title", draft.title, "need"),
        Answer("What and why", draft.description, "need"),
        Answer("Who benefits", draft.beneficiaries, "outcome"),
        Answer("How much", draft.quantity_words, "quantity"),
        Answer("Where", joined(draft.place_words, draft.postcode), "place"),
        Answer("When", draft.when_words, "dates"),
        Answer("Priority it serves", str(draft.outcome or ""), "outcome"),
        Answer("People hosted at once", str(draft.hosts_at_once or "Not said"), "hosting"),
        Answer("Who is with them", draft.supervision or "Not said", "hosting"),
        Answer("DBS check", joined(draft.get_dbs_display(), draft.dbs_reason), "hosting"),
        Answer("Insurance", draft.insurance or "Not said", "hosting"),
        Answer("What hosting costs (£)", str(draft.hosting_cost or "Not said"), "hosting"),
        Answer("Pictures", "\n".join(picture.description for picture in draft.pictures.all()) or "None", "pictures"),
    ]
    return [changeable(answer, draft) for answer in answers] if may_change else answers


def changeable(answer, draft):
    """`answer` with the address of its step; pictures are saved one by one, so they do not come back by themselves."""
    if not answer.step:
        return answer
    back = "" if answer.step == "pictures" else "?check"
    return Answer(answer.key, answer.value, answer.step, reverse("request_edit", args=[draft.pk, answer.step]) + back)


def joined(value, more):
    """`value` with what was added to it; nothing where the value itself is missing."""
    return ", ".join(part for part in (value, more) if part) if value else ""
