"""Guidance, governance, vocabulary and places: what every other room may refer to."""

from .actions import Action, ActionUpdate, AuditFinding
from .approval import OwnerApproval, ReturnsWithReason
from .files import Download, Picture, PictureRendition
from .governance import Decision, GovernanceGroup, GroupSeat, Holder, Role
from .needs import CountsAs, Need
from .outcomes import Mapping, Outcome, PriorityMark, SocialValueModel
from .pages import GuidancePage, GuidanceSection, KeptPage, NewsPage, OwnedPage, PriorityPage, StepGuidePage
from .places import Council, District, Outcode
from .upkeep import (
    PageAnswer,
    PageReads,
    Publication,
    Review,
    ReviewNotice,
    ReviewRhythm,
    ReviewTask,
    VacancyAlarm,
)

__all__ = [
    "Action",
    "ActionUpdate",
    "AuditFinding",
    "Council",
    "CountsAs",
    "Decision",
    "District",
    "Download",
    "GovernanceGroup",
    "GroupSeat",
    "GuidancePage",
    "GuidanceSection",
    "Holder",
    "KeptPage",
    "Mapping",
    "Need",
    "NewsPage",
    "Outcode",
    "Outcome",
    "OwnedPage",
    "OwnerApproval",
    "PageAnswer",
    "PageReads",
    "Picture",
    "PictureRendition",
    "PriorityMark",
    "PriorityPage",
    "Publication",
    "ReturnsWithReason",
    "Review",
    "ReviewNotice",
    "ReviewRhythm",
    "ReviewTask",
    "Role",
    "SocialValueModel",
    "StepGuidePage",
    "VacancyAlarm",
]
