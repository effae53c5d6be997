"""A mail server for tests on this machine: it keeps what it takes, and misbehaves as the address it is written to says.

refused@   550 for good          later@     450 not now
dropped@   breaks the connection when it is named        silent@   takes the text and never answers
"""

import socketserver
import threading
from contextlib import suppress
from email import message_from_bytes, policy

LONG = 60


class Talk(socketserver.StreamRequestHandler):
    def handle(self):
        sink = self.server.sink
        if sink.never_greets:
            sink.stopped.wait(LONG)
            return
        self.say("220 sink")
        to = ""
        while line := self.rfile.readline():
            verb = line.decode("latin-1").strip().upper()
            if verb.startswith("MAIL"):
                sink.stand_still("before")
            if verb.startswith(("EHLO", "HELO", "MAIL", "RSET", "NOOP")):
                self.say("250 ok")
            elif verb.startswith("RCPT"):
                to = line.decode("latin-1").split("<")[1].split(">")[0]
                sink.tried.append(to)
                if to.startswith("dropped"):
                    return
                refusals = {"refused": "550 no such person", "later": "450 not now"}
                self.say(next((words for start, words in refusals.items() if to.startswith(start)), "250 ok"))
            elif verb == "DATA":
                self.say("354 go on")
                self.take(to, sink)
            elif verb == "QUIT":
                self.say("221 bye")
                return

    def take(self, to, sink):
        data = b""
        while not data.endswith(b"\r\n.\r\n"):
            data += self.rfile.readline()
        with sink.lock:
            sink.taken.append((to, message_from_bytes(data[:-5], policy=policy.default)))
        if to.startswith("silent"):
            sink.stopped.wait(LONG)
            return
        sink.stand_still("after")
        self.say("250 taken")

    def say(self, words):
        with suppress(OSError):  # whoever was there is gone
            self.wfile.write(words.encode() + b"\r\n")


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


class Sink:
    """`stops` is ("before" or "after", N): it stands still before or after it takes its Nth message, once."""

    def __init__(self, never_greets=False, stops=None):
        self.never_greets, self.stops, self.standing = never_greets, stops, threading.Event()
        self.taken, self.tried, self.lock, self.stopped = [], [], threading.Lock(), threading.Event()
        self.server = Server(("127.0.0.1", 0), Talk)
        self.server.sink = self
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stand_still(self, stage):
        with self.lock:
            reached = len(self.taken) + (stage == "before")
            due = self.stops == (stage, reached) and not self.standing.is_set()
            if due:
                self.standing.set()
        if due:
            self.stopped.wait(LONG)

    def addresses(self):
        with self.lock:
            return sorted(to for to, _ in self.taken)

    def close(self):
        self.stopped.set()
        self.server.shutdown()
        self.server.server_close()
