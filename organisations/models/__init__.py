"""People, the organisations they act for, and the files that organisations hand in."""

from .changes import OrganisationChange
from .doors import Campaign, Doors, Visits
from .limits import LimitCount
from .memberships import Invitation, Membership
from .organisations import Organisation
from .register import RegisteredCharity
from .uploads import Upload
from .users import User

__all__ = [
    "Campaign", "Doors", "Invitation", "LimitCount", "Membership", "Organisation", "OrganisationChange",
    "RegisteredCharity", "Upload", "User", "Visits",
]  # fmt: skip
