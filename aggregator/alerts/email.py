"""Alerts by mail, over the standard library's SMTP."""

from __future__ import annotations

import smtplib
import ssl
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from aggregator.alertconfig import EmailConfig
from aggregator.alerts.message import Message
from aggregator.alerts.secret import Secret, read_secret
from aggregator.errors import AlertError

SECONDS = 30.0


class EmailTransport:
    name = "email"

    def __init__(self, config: EmailConfig) -> None:
        self.config = config

    def send(self, message: Message) -> None:
        """Raises ``AlertError``."""
        password = read_secret(self.name, "AGGREGATOR_SMTP_PASSWORD", self.config.password_file)
        try:
            self._send(self._mail(message), password)
        except (OSError, smtplib.SMTPException, ssl.SSLError, ValueError) as error:
            detail = f"{self.config.host}: {_words(error)}"
            # Without its cause: a server may repeat to us what we said to it.
            raise AlertError(self.name, password.hide_in(detail) if password else detail) from None

    def _mail(self, message: Message) -> EmailMessage:
        mail = EmailMessage()
        mail["Subject"] = message.subject
        mail["From"] = self.config.sender
        mail["To"] = ", ".join(self.config.to)
        mail["Date"] = format_datetime(datetime.now(UTC))
        mail["Message-ID"] = make_msgid(domain=self.config.sender.rpartition("@")[2] or None)
        # RFC 3834: no holiday notes in answer.
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.text)
        return mail

    def _send(self, mail: EmailMessage, password: Secret | None) -> None:
        context = ssl.create_default_context()
        secured = self.config.security
        address = (self.config.host, self.config.port)
        server = (
            smtplib.SMTP_SSL(*address, timeout=SECONDS, context=context)
            if secured == "tls"
            else smtplib.SMTP(*address, timeout=SECONDS)
        )
        with server:
            if secured == "starttls":
                server.starttls(context=context)
            if self.config.user and password:
                server.login(self.config.user, password.reveal())
            server.send_message(mail)


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        return f"{error.smtp_code} {text}"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return f"refused recipients: {', '.join(error.recipients)}"
    return str(error) or type(error).__name__
