"""The site's own things: the front page, how it looks, and who is at work on the queue."""

from .look import Look
from .pages import HomePage
from .workers import Turn, WorkerBeat

__all__ = ["HomePage", "Look", "Turn", "WorkerBeat"]
