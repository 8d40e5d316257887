"""Whether a report goes straight through, or is slowed down a little. It is never refused.

The public form has no sign-in and no puzzle. What looks like a machine, or like very many reports
from one place, is shown the telephone numbers and asked to press the button again after a moment.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from onroll.office.kernel.decision import Decision, because

# A school office may send a morning's leavers one after another; a flood is far more.
MOST_IN_A_WHILE = 20
A_WHILE = timedelta(minutes=10)
SLOWED_FOR = timedelta(seconds=20)


def can_send_at_once(
    *, came_from: str, decoy: str, slowed_at: datetime | None, now: datetime
) -> Decision:
    """May this report go through now? One that was slowed down before may, after the moment."""
    if slowed_at is not None:
        return because(
            now - slowed_at >= SLOWED_FOR, "Wait a few seconds more, then press the button again."
        )
    return because(not decoy, "We could not tell whether a person sent this.") & because(
        _sent_lately(came_from) <= MOST_IN_A_WHILE,
        "Many reports have come from your connection in the last few minutes.",
    )


def _sent_lately(came_from: str) -> int:
    """Count one more from here, and return how many there were of late. No address is kept.

    Requests that race are counted as one: this is a brake, not a wall.
    """
    place = salted_hmac("portal.came_from", came_from).hexdigest()[:24]
    key = f"portal:{place}"
    cache.add(key, 0, timeout=int(A_WHILE.total_seconds()))
    try:
        return cache.incr(key)
    except ValueError:
        # It ran out between the two lines: this is the first of a new while.
        return 1


def address_of(remote: str, forwarded: str) -> str:
    """Return where a request came from, as the outermost proxy that is ours saw it."""
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
    return hops[-proxies] if proxies and len(hops) >= proxies else remote
