"""Governance, social value models, files, and how pages are kept. Page types stand in guidance.pages."""

from .actions import Action, ActionUpdate, AuditFinding
from .files import Download, Picture, PictureRendition
from .governance import Decision, GovernanceGroup, GroupSeat, Holder, Role
from .outcomes import Mapping, Outcome, PriorityMark, SocialValueModel
from .upkeep import PageAnswer, PageReads, Publication, Review, ReviewNotice, ReviewRhythm, ReviewTask, VacancyAlarm

__all__ = [
    "Action",
    "ActionUpdate",
    "AuditFinding",
    "Decision",
    "Download",
    "GovernanceGroup",
    "GroupSeat",
    "Holder",
    "Mapping",
    "Outcome",
    "PageAnswer",
    "PageReads",
    "Picture",
    "PictureRendition",
    "PriorityMark",
    "Publication",
    "Review",
    "ReviewNotice",
    "ReviewRhythm",
    "ReviewTask",
    "Role",
    "SocialValueModel",
    "VacancyAlarm",
]
