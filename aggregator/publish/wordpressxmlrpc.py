"""Whether a password is wrong, or never reached WordPress: its REST API calls both the same.

WordPress's older interface takes the password within the request instead of a header, so that its
answer tells the two apart, where it is not switched off.
"""

from __future__ import annotations

import xmlrpc.client

from aggregator.alerts.secret import Secret
from aggregator.errors import PortalUnavailableError
from aggregator.publish.http import Answer, PortalHTTP
from aggregator.publish.wordpresswords import Trouble

_REFUSED = 403
_LARGEST = 100_000
"""Bytes; the answer names the account's sites."""


def why_not_signed_in(http: PortalHTTP, user: str, password: Secret) -> Trouble:
    call = xmlrpc.client.dumps((user, password.reveal()), "wp.getUsersBlogs")
    headers = {"Content-Type": "text/xml"}
    try:
        answer = http.ask("POST", "/xmlrpc.php", headers=headers, content=call.encode())
    except PortalUnavailableError:
        return Trouble.NOT_SIGNED_IN
    return understood(answer)


def understood(answer: Answer) -> Trouble:
    if b"<!DOCTYPE" in answer.body or b"<!ENTITY" in answer.body or len(answer.body) > _LARGEST:
        return Trouble.NOT_SIGNED_IN
    try:
        xmlrpc.client.loads(answer.body)
    except xmlrpc.client.Fault as fault:
        is_refused = fault.faultCode == _REFUSED
        return Trouble.WRONG_PASSWORD if is_refused else Trouble.NOT_SIGNED_IN
    except Exception:  # noqa: BLE001  # whatever a page does to a parser: it is no answer
        return Trouble.NOT_SIGNED_IN
    return Trouble.HEADER_LOST if answer.is_ok else Trouble.NOT_SIGNED_IN
