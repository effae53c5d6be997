"""Suppliers, their contracts, what they promised, and the ledger of what came of it."""

from .commitments import Commitment, DeliveryPlan, DeliveryTarget
from .contracts import Contract
from .ledger import CommitmentBalance, LedgerEntry
from .profiles import SupplierProfile

__all__ = [
    "Commitment",
    "CommitmentBalance",
    "Contract",
    "DeliveryPlan",
    "DeliveryTarget",
    "LedgerEntry",
    "SupplierProfile",
]
