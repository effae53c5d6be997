"""The mail server: Django's SMTP backend with a mark set just before the text is handed over.

Up to the mark nothing was handed over, and a worker that dies leaves a message that may be tried again. After it
the server may have taken the message, so nobody tries again without being asked.
"""

import smtplib

from django.core.mail.backends import smtp


class MarkingSMTP(smtplib.SMTP):
    before_data = None

    def data(self, msg):
        if self.before_data:
            self.before_data()
        return super().data(msg)


class MarkingSMTP_SSL(MarkingSMTP, smtplib.SMTP_SSL):
    pass


class SmtpBackend(smtp.EmailBackend):
    """`before_data`, set by whoever delivers, is called once the server has agreed to sender and recipient."""

    before_data = None

    @property
    def connection_class(self):
        return MarkingSMTP_SSL if self.use_ssl else MarkingSMTP

    def send_messages(self, messages):
        if self.connection is not None:
            self.connection.before_data = self.before_data
        return super().send_messages(messages)
