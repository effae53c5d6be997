"""The site's own things: the front page, what matching keeps, proposals of the broker, and alerts."""

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
from .pages import HomePage
from .proposals import Proposal, ProposalLine, Simulation
from .workers import WorkerBeat

__all__ = [
    "Alert",
    "Change",
    "CommitmentMatches",
    "CommitmentVector",
    "HomePage",
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
    "WorkerBeat",
]
