"""Guidance, vocabulary and places: what every other room may refer to."""

from .files import Download, Picture, PictureRendition
from .outcomes import Outcome, SocialValueModel
from .pages import GuidancePage, GuidanceSection
from .places import Council, District, Outcode

__all__ = [
    "Council",
    "District",
    "Download",
    "GuidancePage",
    "GuidanceSection",
    "Outcode",
    "Outcome",
    "Picture",
    "PictureRendition",
    "SocialValueModel",
]
