"""The site's own things: the front page, and who is at work on the queue."""

from .pages import HomePage
from .workers import WorkerBeat

__all__ = ["HomePage", "WorkerBeat"]
