"""Suppliers, their contracts, what they promised, and the ledger of what came of it."""

from .commitments import Binding, Commitment, DeliveryPlan, DeliveryTarget, PlanAnswer
from .contracts import Contract, ContractParty, ContractSource, SupplierInvitation
from .ledger import CommitmentBalance, LedgerEntry
from .profiles import SupplierProfile
from .recorded import RecordedEvent

__all__ = [
    "Binding",
    "Commitment",
    "CommitmentBalance",
    "Contract",
    "ContractParty",
    "ContractSource",
    "DeliveryPlan",
    "DeliveryTarget",
    "LedgerEntry",
    "PlanAnswer",
    "RecordedEvent",
    "SupplierInvitation",
    "SupplierProfile",
]
