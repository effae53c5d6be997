"""Suppliers, their contracts, what they promised, and the ledger of what came of it."""

from .commitments import Binding, Commitment, DeliveryPlan, DeliveryTarget, PlanAnswer
from .contracts import Contract, ContractParty, ContractSource, SupplierInvitation
from .ledger import CommitmentBalance, LedgerEntry
from .profiles import SupplierProfile
from .recorded import RecordedEvent
from .values import CommitmentValue, ProxyValue

__all__ = [
    "Binding",
    "Commitment",
    "CommitmentBalance",
    "CommitmentValue",
    "Contract",
    "ContractParty",
    "ContractSource",
    "DeliveryPlan",
    "DeliveryTarget",
    "LedgerEntry",
    "PlanAnswer",
    "ProxyValue",
    "RecordedEvent",
    "SupplierInvitation",
    "SupplierProfile",
]
