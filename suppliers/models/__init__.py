"""Suppliers, their contracts, what they promised, and the ledger of what came of it."""

from .commitments import Commitment, DeliveryTarget
from .contracts import Contract
from .imports import ColumnMapping, ImportRun
from .ledger import CommitmentBalance, LedgerEntry
from .profiles import SupplierProfile
from .thread import ContractRecord, Extract, FinanceRecord, ProjectRecord
from .thread_mending import LinkSearch, LinkSuggestion, ThreadLink
from .thread_people import Officer, ThreadLetter, TrainingSession
from .thread_published import Snapshot
from .thread_rules import GoldenThreadRules

__all__ = [
    "ColumnMapping",
    "Commitment",
    "CommitmentBalance",
    "Contract",
    "ContractRecord",
    "DeliveryTarget",
    "Extract",
    "FinanceRecord",
    "GoldenThreadRules",
    "ImportRun",
    "LedgerEntry",
    "LinkSearch",
    "LinkSuggestion",
    "Officer",
    "ProjectRecord",
    "Snapshot",
    "SupplierProfile",
    "ThreadLetter",
    "ThreadLink",
    "TrainingSession",
]
