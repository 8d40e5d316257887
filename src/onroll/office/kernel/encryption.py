"""Encryption of the few fields that must not lie in the clear: sealed facts, documents, secrets."""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def _box() -> MultiFernet:
    # The first key encrypts, every key decrypts: a new key is put in front of the old one.
    return MultiFernet(
        [
            Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()))
            for key in settings.FIELD_KEYS
        ]
    )


def encrypt(plain: bytes) -> bytes:
    """Return the bytes encrypted under the newest key."""
    return _box().encrypt(plain)


def decrypt(secret: bytes) -> bytes:
    """Return what was encrypted. Raises cryptography.fernet.InvalidToken for an unknown key."""
    return _box().decrypt(bytes(secret))


def keys_for(purpose: str) -> dict[str, bytes]:
    """Return a key of its own for one purpose under each of the installation's keys, newest first.

    Each is named by a short print of itself, so that what was hashed under a former key can still
    be compared while that key is kept. Nobody without the installation's keys can make the hashes
    again, and one purpose's hashes can't be compared with another's.
    """
    keys = [
        hmac.digest(key.encode(), f"onroll:{purpose}".encode(), "sha256")
        for key in settings.FIELD_KEYS
    ]
    return {hashlib.sha256(b"print:" + key).hexdigest()[:16]: key for key in keys}
