"""Encryption of the few fields that must not lie in the clear: sealed facts, documents, secrets."""

import base64
import hashlib

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
