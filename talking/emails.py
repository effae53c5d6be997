"""E-mails about questions, messages and reports: one function an event."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse

from mail.composing import Reader, send

from .calendar import token_for, volunteer_token_for
from .models import VolunteerBooking
from .permissions import CHANGE_QUESTION, CHANGE_REPORT


def question_asked(question):
    send("question_asked", question.request.organisation.people, question=question)


def question_answered(question):
    send("question_answered", question.organisation.people, question=question)
    moderators = get_user_model().objects.who_may(CHANGE_QUESTION)
    send("question_waiting", moderators, question=question)


def question_waits(question):
    send("question_waits", question.request.organisation.people, question=question)


def question_unanswered(question):
    """The group stays silent: the moderators hear of it, and who asked may take the question back."""
    send("question_unanswered", get_user_model().objects.who_may(CHANGE_QUESTION), question=question)
    send("question_unanswered_asker", question.organisation.people, question=question)


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


def reporter(report):
    """Who reported something, as far as we know how to reach them."""
    if report.by:
        return [report.by]
    return [Reader(report.email)] if report.email else []


def complaint_received(report):
    send("complaint_received", reporter(report), report=report)


def report_settled(report):
    send("report_settled", reporter(report), report=report)


def day_proposed(meeting):
    """To the other side, which chooses."""
    send("day_proposed", other_side(meeting.pledge, meeting.side).people, **about_day(meeting))


def day_agreed(meeting):
    """To both sides, each with the day as a file for their calendar."""
    for_both("day_agreed", meeting)


def day_waits(meeting):
    """To the other side, which has not chosen yet."""
    send("day_waits", other_side(meeting.pledge, meeting.side).people, **about_day(meeting))


def pledge_silent(pledge):
    """Nothing was recorded of an accepted pledge, and no day lies ahead."""
    send("pledge_silent", pledge.supplier.people, pledge=pledge)


def pledge_silent_group(pledge):
    """Still nothing: the group may let the pledge go."""
    send("pledge_silent_group", pledge.request.organisation.people, pledge=pledge)


def day_is_near(meeting):
    for_both("day_is_near", meeting)


def day_called_off(meeting, by):
    for organisation in sides_of(meeting.pledge):
        readers = [person for person in organisation.people if person != by]
        send("day_called_off", readers, **about_day(meeting))


def sides_of(pledge):
    return pledge.supplier, pledge.request.organisation


def other_side(pledge, side):
    return pledge.request.organisation if side == "supplier" else pledge.supplier


def about_day(meeting):
    pledge = meeting.pledge
    proposer = pledge.supplier if meeting.side == "supplier" else pledge.request.organisation
    return {"meeting": meeting, "pledge": pledge, "proposer": proposer}


def for_both(template, meeting):
    for organisation in sides_of(meeting.pledge):
        for person in organisation.people:
            link = settings.SITE_URL + reverse("day_file", args=[token_for(meeting, person)])
            send(template, [person], link=link, **about_day(meeting))


def volunteer_day_planned(days, helpers):
    for supplier in helpers:
        send("volunteer_day_planned", supplier.people, day=days[0], weeks=len(days), supplier=supplier)


def places_taken(booking):
    """To the group, who comes; to the supplier, the day for its calendar."""
    day, supplier = booking.task.day, booking.pledge.supplier
    send("places_taken", day.request.organisation.people, booking=booking, day=day, supplier=supplier)
    for person in supplier.people:
        link = settings.SITE_URL + reverse("volunteer_day_file", args=[volunteer_token_for(day, person)])
        send("places_yours", [person], booking=booking, day=day, link=link)


def places_changed(booking, before):
    tell_group("places_changed", booking, before=before)


def places_given_up(booking):
    tell_group("places_given_up", booking)


def tell_group(template, booking, **about):
    day = booking.task.day
    about |= {"booking": booking, "day": day, "supplier": booking.pledge.supplier}
    send(template, day.request.organisation.people, **about)


def places_offered(booking):
    send("places_offered", booking.pledge.supplier.people, booking=booking, day=booking.task.day)


def volunteer_day_called_off(day, suppliers):
    for supplier in suppliers:
        send("volunteer_day_called_off", supplier.people, day=day, supplier=supplier)


def volunteer_day_is_near(day):
    """To the group with everybody who comes, to each supplier with its own; who has no place is not told."""
    taken = list(VolunteerBooking.objects.taken().filter(task__day=day).with_all())
    send("volunteer_day_is_near", day.request.organisation.people, day=day, bookings=taken, group=True)
    for supplier in {booking.pledge.supplier for booking in taken}:
        own = [booking for booking in taken if booking.pledge.supplier == supplier]
        send("volunteer_day_is_near", supplier.people, day=day, bookings=own, group=False)


def helpers_message(message, organisations):
    """To everybody in the thread but who wrote."""
    for organisation in organisations:
        readers = [person for person in organisation.people if person != message.by]
        send("helpers_message", readers, message=message, shown=message.request)
