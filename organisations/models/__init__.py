"""People, the organisations they act for, and the files that organisations hand in."""

from .changes import OrganisationChange
from .limits import LimitCount
from .memberships import Invitation, Membership
from .organisations import Organisation
from .register import RegisteredCharity
from .uploads import Upload
from .users import User

__all__ = [
    "Invitation", "LimitCount", "Membership", "Organisation", "OrganisationChange", "RegisteredCharity", "Upload",
    "User",
]  # fmt: skip
