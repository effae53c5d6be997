"""What people say and agree: talk.py; meetings.py (days of one pledge), volunteer_days.py (days of several)."""

from .meetings import Meeting, MeetingTime
from .talk import PledgeMessage, Question, Report
from .volunteer_days import HelpersMessage, VolunteerBooking, VolunteerDay, VolunteerPlace, VolunteerTask

__all__ = [
    "HelpersMessage",
    "Meeting",
    "MeetingTime",
    "PledgeMessage",
    "Question",
    "Report",
    "VolunteerBooking",
    "VolunteerDay",
    "VolunteerPlace",
    "VolunteerTask",
]
