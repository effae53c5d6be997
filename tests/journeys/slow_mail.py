"""A mail backend that keeps what it is given in MAIL_FILE and stands still at the message numbered MAIL_STOPS_AT.

MAIL_STOPS says whether it stands still before the hand-over or after it, so that a worker can be killed just there.
"""

import json
import os
import time
from pathlib import Path

from django.core.mail.backends.base import BaseEmailBackend

LONG = 60


class EmailBackend(BaseEmailBackend):
    def send_messages(self, messages):
        for message in messages:
            kept = Path(os.environ["MAIL_FILE"])
            number = len(kept.read_text().splitlines()) + 1 if kept.exists() else 1
            stops = os.environ.get("MAIL_STOPS") if number == int(os.environ.get("MAIL_STOPS_AT", "0")) else None
            if stops == "before":
                self.stand_still(kept)
            with kept.open("a") as file:
                file.write(json.dumps({"to": message.to[0], "id": message.extra_headers["Message-ID"]}) + "\n")
            if stops == "after":
                self.stand_still(kept)
        return len(messages)

    def stand_still(self, kept):
        kept.with_suffix(".standing").touch()
        time.sleep(LONG)
