"""Extracts of the three systems, what was published of them, and what people said of links between them."""

from .extracts import ContractRecord, Extract, ExtractWithdrawal, FinanceRecord, ProjectRecord
from .links import LinkSearch, LinkSuggestion, ThreadLink
from .people import Officer, ThreadLetter, TrainingSession
from .published import Snapshot
from .rules import GoldenThreadRules, PartnerRules

__all__ = [
    "ContractRecord",
    "Extract",
    "ExtractWithdrawal",
    "FinanceRecord",
    "GoldenThreadRules",
    "LinkSearch",
    "LinkSuggestion",
    "Officer",
    "PartnerRules",
    "ProjectRecord",
    "Snapshot",
    "ThreadLetter",
    "ThreadLink",
    "TrainingSession",
]
