"""What matching keeps, proposals of the broker, and alerts."""

from .alerts import Alert, Subscription
from .matching import (
    Change,
    CommitmentMatches,
    CommitmentVector,
    Judgement,
    RequestMatches,
    RequestSeen,
    RequestVector,
    WeightsChange,
    WeightsTrial,
)
from .proposals import Proposal, ProposalLine, Simulation

__all__ = [
    "Alert",
    "Change",
    "CommitmentMatches",
    "CommitmentVector",
    "Judgement",
    "Proposal",
    "ProposalLine",
    "RequestMatches",
    "RequestSeen",
    "RequestVector",
    "Simulation",
    "Subscription",
    "WeightsChange",
    "WeightsTrial",
]
