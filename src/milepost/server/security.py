"""Who may speak to this server, as far as Host and Origin tell.

Guards against DNS rebinding and cross-site writes; who a user is comes with authentication.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from milepost.errors import PermissionDenied

VERDICTS_CACHED_MAX = 1_000
SAFE_METHODS = frozenset(("GET", "HEAD", "OPTIONS"))
LOCAL_NAMES = frozenset(("localhost",))


class HostGuard:
    """Judges the Host header.

    `allowed` are patterns such as `tracker.example.com` or `*.example.com`, with or without a
    port; empty means private addresses. Loopback and the address that the server was told to
    listen on are always allowed: no foreign page can take those names.
    """

    def __init__(self, allowed: Sequence[str], own_host: str) -> None:
        self._allowed = tuple(pattern.lower() for pattern in allowed)
        self._own_host = own_host.lower()
        self._verdicts: dict[str, bool] = {}

    def check(self, host_header: str) -> None:
        """Raises `PermissionDenied` with a text that names the host and the flag."""
        verdict = self._verdicts.get(host_header)
        if verdict is None:
            if len(self._verdicts) >= VERDICTS_CACHED_MAX:
                self._verdicts.clear()
            verdict = self._verdicts[host_header] = self._judge(host_header.lower())
        if not verdict:
            raise PermissionDenied(
                "Invalid Host header - possible DNS rebinding attack detected: this server does"
                f" not answer for {host_header[:200]!r}. If that is its name, start it with"
                f" --allowed-hosts {without_port(host_header)[:200]}"
            )

    def _judge(self, host_header: str) -> bool:
        host = without_port(host_header)
        if host == self._own_host or is_loopback(host):
            return True
        if self._allowed:
            return any(
                matches(host, pattern) or matches(host_header, pattern) for pattern in self._allowed
            )
        return is_local(host)


class OriginGuard:
    """Judges the Origin header of a browser.

    `allowed` are origins such as `https://page.example.com` (patterns too, `*` for all); empty
    means pages on this machine. The server's own origin is always allowed.
    """

    def __init__(self, allowed: Sequence[str]) -> None:
        self._allowed = tuple(origin.lower() for origin in allowed)

    def check(self, method: str, origin: str, host_header: str) -> bool:
        """May a page of `origin` read the answer? Raises `PermissionDenied` for a foreign write."""
        if self.is_allowed(origin.lower(), host_header.lower()):
            return True
        if method not in SAFE_METHODS:
            raise PermissionDenied(
                f"Cross-origin request blocked: {origin[:200]!r} may not write here. If it is"
                f" yours, start the server with --cors-allowed-origins {origin[:200]}"
            )
        return False

    def is_allowed(self, origin: str, host_header: str) -> bool:
        try:
            parts = urlsplit(origin)
        except ValueError:
            return False
        if parts.netloc and parts.netloc == host_header:
            return True
        if any(matches(origin, pattern) for pattern in self._allowed):
            return True
        return not self._allowed and is_loopback(without_port(parts.netloc))


def matches(text: str, pattern: str) -> bool:
    """Equal, or matching with `*`; brackets are part of IPv6 addresses, never a pattern."""
    return text == pattern or fnmatchcase(text, pattern.replace("[", "[[]"))


def without_port(host_header: str) -> str:
    """`name:5000` -> `name`, `[::1]:5000` -> `::1`."""
    if host_header.startswith("["):
        return host_header[1:].partition("]")[0]
    return host_header.partition(":")[0] if host_header.count(":") == 1 else host_header


def is_local(host: str) -> bool:
    """A name or address of this machine or of a private network."""
    if host in LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_private or address.is_loopback


def is_loopback(host: str) -> bool:
    if host in LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
