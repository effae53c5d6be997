"""E-mails about questions, messages and reports: one function an event."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse

from mail.composing import Reader, send

from .permissions import CHANGE_QUESTION, CHANGE_REPORT


def question_asked(question):
    send("question_asked", question.request.organisation.people, question=question)


def question_answered(question):
    send("question_answered", question.organisation.people, question=question)
    moderators = get_user_model().objects.who_may(CHANGE_QUESTION)
    send("question_waiting", moderators, question=question)


def question_public(question):
    for side in (question.organisation, question.request.organisation):
        send("question_public", side.people, question=question)


def question_withheld(question):
    for side in (question.organisation, question.request.organisation):
        send("question_withheld", side.people, question=question)


def message_written(message, link_for):
    """Each reader gets a link of their own, by which they answer."""
    pledge = message.pledge
    writer, other = pledge.supplier, pledge.request.organisation
    if message.side == "requestor":
        writer, other = other, writer
    for person in other.people:
        link = settings.SITE_URL + reverse("message_by_link", args=[link_for(pledge, person)])
        send("message_written", [person], message=message, pledge=pledge, writer=writer, link=link)


def reported(report):
    send("reported", get_user_model().objects.who_may(CHANGE_REPORT), report=report)


def report_settled(report):
    if report.by:
        send("report_settled", [report.by], report=report)
    elif report.email:
        send("report_settled", [Reader(report.email)], report=report)
