"""Mail, Telegram and webhooks, each against a real server on this machine."""

from __future__ import annotations

import hashlib
import hmac
import json
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from aggregator.alertconfig import EmailConfig, TelegramConfig, WebhookConfig
from aggregator.alerts.email import EmailTransport
from aggregator.alerts.message import Message
from aggregator.alerts.telegram import MOST_CHARACTERS, TelegramTransport
from aggregator.alerts.webhook import WebhookTransport
from aggregator.errors import AlertError

MESSAGE = Message(
    subject="[aggregator] 1 perlu ditangani – Republika",
    lines=("! Republika, kanal rss: ditolak", "  Tulis surat ke penerbit."),
    payload={"opened": [{"kind": "channel-blocked"}], "closed": []},
)
PASSWORD = "kata-sandi-rahasia"
TOKEN = "123456:token-rahasia"
KEY = "kunci-rahasia"


# --- mail ---------------------------------------------------------------------------------------


class Post:
    """A mail server's memory."""

    def __init__(self, refuse: str | None = None) -> None:
        self.mails: list[EmailMessage] = []
        self.logins: list[tuple[bytes, bytes]] = []
        self.refuse = refuse

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802
        if self.refuse:
            return self.refuse
        content = envelope.original_content or b""
        mail = message_from_bytes(content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"

    def check(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> Any:
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == PASSWORD.encode(), handled=False)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine trusts the tests' own authority."""
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))


def certified(authority: trustme.CA, host: str = "127.0.0.1") -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host).configure_cert(context)
    return context


Serve = Callable[..., EmailConfig]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """``serve(post, …)`` is the configuration of a mail server that has started."""
    running: list[Controller] = []

    def start(post: Post, security: str = "none", **options: Any) -> EmailConfig:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        controller = Controller(
            post, hostname="127.0.0.1", port=port, authenticator=post.check, **options
        )
        controller.start()
        running.append(controller)
        return EmailConfig(
            host="127.0.0.1",
            port=port,
            security=security,
            to=("guru@sekolah.example", "siswa@sekolah.example"),
            sender="aggregator@sekolah.example",
        )

    yield start
    for controller in running:
        controller.stop(no_assert=True)


def test_a_mail_says_what_is_wrong(serve: Serve) -> None:
    post = Post()
    EmailTransport(serve(post)).send(MESSAGE)
    (mail,) = post.mails
    assert mail["Subject"] == MESSAGE.subject
    assert mail["To"] == "guru@sekolah.example, siswa@sekolah.example"
    assert mail["From"] == "aggregator@sekolah.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"].endswith("@sekolah.example>")
    assert mail.get_content().strip().splitlines() == list(MESSAGE.lines)


def with_login(config: EmailConfig, folder: Path, password: str = PASSWORD) -> EmailConfig:
    (folder / "sandi").write_text(password)
    return replace(config, user="aggregator", password_file=folder / "sandi")


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_password_is_given_over_tls_only(
    serve: Serve, authority: trustme.CA, tmp_path: Path, security: str
) -> None:
    post, context = Post(), certified(authority)
    options: dict[str, Any] = (
        {"tls_context": context, "require_starttls": True, "auth_required": True}
        if security == "starttls"
        else {"ssl_context": context, "auth_require_tls": False}
    )
    config = with_login(serve(post, security, **options), tmp_path)
    EmailTransport(config).send(MESSAGE)
    assert post.logins == [(b"aggregator", PASSWORD.encode())]
    assert len(post.mails) == 1


@pytest.mark.usefixtures("trusted")
def test_a_certificate_of_another_host_is_not_accepted(
    serve: Serve, authority: trustme.CA, tmp_path: Path
) -> None:
    post = Post()
    context = certified(authority, "lain.example")
    config = with_login(serve(post, "starttls", tls_context=context), tmp_path)
    with pytest.raises(AlertError, match="certificate"):
        EmailTransport(config).send(MESSAGE)
    assert (post.mails, post.logins) == ([], [])


def test_an_unknown_authority_is_not_accepted(
    serve: Serve, authority: trustme.CA, tmp_path: Path
) -> None:
    post = Post()
    config = serve(post, "starttls", tls_context=certified(authority))
    with pytest.raises(AlertError, match="certificate"):
        EmailTransport(config).send(MESSAGE)
    assert post.mails == []


def test_a_server_without_tls_gets_no_password(serve: Serve, tmp_path: Path) -> None:
    post = Post()
    config = with_login(serve(post, "starttls"), tmp_path)
    with pytest.raises(AlertError, match="STARTTLS"):
        EmailTransport(config).send(MESSAGE)
    assert (post.mails, post.logins) == ([], [])


@pytest.mark.usefixtures("trusted")
def test_a_wrong_password_is_told_without_it(
    serve: Serve, authority: trustme.CA, tmp_path: Path
) -> None:
    config = serve(Post(), "starttls", tls_context=certified(authority))
    with pytest.raises(AlertError, match="535") as error:
        EmailTransport(with_login(config, tmp_path, "salah-rahasia")).send(MESSAGE)
    assert "rahasia" not in f"{error.value} {vars(error.value)}"
    assert error.value.__cause__ is None


def test_a_mail_that_is_refused_is_told(serve: Serve) -> None:
    config = serve(Post(refuse="554 no thanks"))
    with pytest.raises(AlertError, match="554 no thanks"):
        EmailTransport(config).send(MESSAGE)


def test_a_mail_server_that_is_not_there_is_told() -> None:
    config = EmailConfig(host="127.0.0.1", port=1, to=("a@b.example",), sender="a@b.example")
    with pytest.raises(AlertError, match="refused"):
        EmailTransport(config).send(MESSAGE)


# --- Telegram -------------------------------------------------------------------------------------


@pytest.fixture
def telegram(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], TelegramTransport]:
    monkeypatch.setenv("AGGREGATOR_TELEGRAM_TOKEN", TOKEN)
    return lambda: TelegramTransport(TelegramConfig(chat="-100", url=httpserver.url_for("/")))


def answer(httpserver: HTTPServer, status: int, **content: Any) -> None:
    httpserver.expect_request(f"/bot{TOKEN}/sendMessage").respond_with_json(content, status=status)


def test_a_bot_says_what_is_wrong(
    httpserver: HTTPServer, telegram: Callable[[], TelegramTransport]
) -> None:
    answer(httpserver, 200, ok=True)
    telegram().send(MESSAGE)
    ((request, _),) = httpserver.log
    assert request.json["chat_id"] == "-100"
    assert request.json["text"] == f"{MESSAGE.subject}\n\n{MESSAGE.text}"


def test_a_long_text_is_several_messages(
    httpserver: HTTPServer, telegram: Callable[[], TelegramTransport]
) -> None:
    answer(httpserver, 200, ok=True)
    telegram().send(Message(subject="x", lines=tuple(f"baris {n} " + "x" * 90 for n in range(100))))
    texts = [request.json["text"] for request, _ in httpserver.log]
    assert len(texts) == 3
    assert max(map(len, texts)) <= MOST_CHARACTERS


@pytest.mark.parametrize(
    ("status", "content", "told"),
    [
        (401, {"ok": False, "description": "Unauthorized"}, "401 Unauthorized"),
        (429, {"ok": False, "description": "Too Many Requests: retry after 5"}, "429 Too Many"),
        (400, {"ok": False, "description": f"bad token {TOKEN}"}, r"400 bad token \*\*\*"),
        (200, {"ok": False, "description": "chat not found"}, "chat not found"),
    ],
)
def test_what_telegram_refuses_is_told_without_the_token(
    httpserver: HTTPServer,
    telegram: Callable[[], TelegramTransport],
    status: int,
    content: dict[str, Any],
    told: str,
) -> None:
    answer(httpserver, status, **content)
    with pytest.raises(AlertError, match=told) as error:
        telegram().send(MESSAGE)
    assert TOKEN not in f"{error.value} {vars(error.value)}"


def test_a_bot_server_that_is_not_there_is_told_without_the_token(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("AGGREGATOR_TELEGRAM_TOKEN", TOKEN)
    caplog.set_level("DEBUG")
    with pytest.raises(AlertError, match="ConnectError") as error:
        TelegramTransport(TelegramConfig(chat="1", url="http://127.0.0.1:1")).send(MESSAGE)
    assert TOKEN not in f"{error.value} {vars(error.value)} {caplog.text}"


def test_nothing_is_logged_of_the_token(
    httpserver: HTTPServer,
    telegram: Callable[[], TelegramTransport],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("DEBUG")
    answer(httpserver, 200, ok=True)
    telegram().send(MESSAGE)
    ours = [record for record in caplog.records if not record.name.startswith("werkzeug")]
    assert TOKEN not in " ".join(record.getMessage() for record in ours)


def test_without_a_token_nothing_is_asked(
    httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AGGREGATOR_TELEGRAM_TOKEN", raising=False)
    with pytest.raises(AlertError, match="no token"):
        TelegramTransport(TelegramConfig(chat="1", url=httpserver.url_for("/"))).send(MESSAGE)
    assert httpserver.log == []


# --- webhook --------------------------------------------------------------------------------------


def genuine(request: Request, key: str) -> bool:
    """As a receiver checks it."""
    signed = request.headers["X-Aggregator-Timestamp"].encode() + b"." + request.get_data()
    expected = hmac.new(key.encode(), signed, hashlib.sha256).hexdigest()
    return hmac.compare_digest(request.headers["X-Aggregator-Signature"], f"sha256={expected}")


def test_a_webhook_is_signed_json(httpserver: HTTPServer, tmp_path: Path) -> None:
    httpserver.expect_request("/masuk", method="POST").respond_with_data("", status=204)
    (tmp_path / "kunci").write_text(KEY)
    config = WebhookConfig(url=httpserver.url_for("/masuk"), secret_file=tmp_path / "kunci")
    WebhookTransport(config).send(MESSAGE)
    ((request, _),) = httpserver.log
    body = json.loads(request.get_data())
    assert (body["version"], body["event"], body["text"]) == (1, "alert", MESSAGE.text)
    assert body["opened"] == [{"kind": "channel-blocked"}]
    assert genuine(request, KEY)
    assert not genuine(request, "lain")


def test_a_webhook_without_a_key_is_not_signed(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/masuk").respond_with_data("")
    WebhookTransport(WebhookConfig(url=httpserver.url_for("/masuk"))).send(MESSAGE)
    ((request, _),) = httpserver.log
    assert "X-Aggregator-Signature" not in request.headers


def test_a_secret_address_comes_from_a_file_and_is_not_told(
    httpserver: HTTPServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    httpserver.expect_request("/rahasia-sekali").respond_with_data("", status=500)
    (tmp_path / "alamat").write_text(httpserver.url_for("/rahasia-sekali"))
    with pytest.raises(AlertError, match="http 500") as error:
        WebhookTransport(WebhookConfig(url_file=tmp_path / "alamat")).send(MESSAGE)
    ours = [record for record in caplog.records if not record.name.startswith("werkzeug")]
    shown = " ".join([str(error.value), *(record.getMessage() for record in ours)])
    assert "rahasia-sekali" not in shown


def test_a_redirect_is_not_followed(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/masuk").respond_with_response(
        Response(status=302, headers={"Location": "/lain"})
    )
    with pytest.raises(AlertError, match="http 302"):
        WebhookTransport(WebhookConfig(url=httpserver.url_for("/masuk"))).send(MESSAGE)
    assert len(httpserver.log) == 1


@pytest.mark.parametrize(
    ("url", "told"),
    [
        (None, "no address"),
        ("http://127.0.0.1:1/rahasia", "ConnectError"),
        ("ftp://127.0.0.1/rahasia", "UnsupportedProtocol"),
        ("http://127.0.0.1:port/rahasia", "cannot be used"),
    ],
)
def test_an_address_that_does_not_answer_is_told_without_it(
    monkeypatch: pytest.MonkeyPatch, url: str | None, told: str
) -> None:
    monkeypatch.delenv("AGGREGATOR_WEBHOOK_URL", raising=False)
    with pytest.raises(AlertError, match=told) as error:
        WebhookTransport(WebhookConfig(url=url)).send(MESSAGE)
    assert "rahasia" not in f"{error.value}"
