"""Suppliers, their contracts, what they promised, and the ledger of what came of it."""

from .commitments import Commitment, DeliveryTarget
from .contracts import Contract
from .imports import ColumnMapping, ImportRun
from .ledger import CommitmentBalance, LedgerEntry
from .profiles import SupplierProfile
from .thread import ContractRecord, Extract, FinanceRecord, ProjectRecord
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
    "ProjectRecord",
    "SupplierProfile",
]
