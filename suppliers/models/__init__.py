"""Suppliers, their contracts, what they promised, and the ledger of what came of it."""

from .commitments import Commitment, DeliveryTarget
from .contracts import Contract
from .ledger import CommitmentBalance, LedgerEntry
from .profiles import SupplierProfile

__all__ = ["Commitment", "CommitmentBalance", "Contract", "DeliveryTarget", "LedgerEntry", "SupplierProfile"]
