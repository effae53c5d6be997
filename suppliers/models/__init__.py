"""Suppliers, their contracts, what they promised, and the ledger of what came of it."""

from .commitments import Commitment, DeliveryPlan, DeliveryTarget
from .contracts import Contract, ContractParty, ContractSource, SupplierInvitation
from .ledger import CommitmentBalance, LedgerEntry
from .profiles import SupplierProfile
from .recorded import RecordedEvent

__all__ = [
    "Commitment",
    "CommitmentBalance",
    "Contract",
    "ContractParty",
    "ContractSource",
    "DeliveryPlan",
    "DeliveryTarget",
    "LedgerEntry",
    "RecordedEvent",
    "SupplierInvitation",
    "SupplierProfile",
]
