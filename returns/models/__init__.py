"""Returns, what they say of each commitment, and the lines of theirs that the ledger counts."""

from .lines import ReturnLine
from .reminders import Reminder
from .returns import Answer, AnswerFile, Return

__all__ = ["Answer", "AnswerFile", "Reminder", "Return", "ReturnLine"]
