"""Requests, pledges towards them, and what was delivered."""

from .contacts import ContactSeen
from .deliveries import Delivery, DeliveryEvent, DeliveryShare, Evidence, Thanks
from .moderation import RequestModeration
from .pages import CaseStudyPage
from .pledges import Pledge
from .requests import Request, RequestPicture
from .shortlist import Shortlisted
from .totals import RequestTotals

__all__ = [
    "CaseStudyPage",
    "ContactSeen",
    "Delivery",
    "DeliveryEvent",
    "DeliveryShare",
    "Evidence",
    "Pledge",
    "Request",
    "RequestModeration",
    "RequestPicture",
    "RequestTotals",
    "Shortlisted",
    "Thanks",
]
