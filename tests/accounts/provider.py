"""A council’s own sign-in on this machine: OpenID Connect, PKCE, and groups that can change."""

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from django.utils import timezone

CLIENT, SECRET, KEY_ID = "onroll", "a secret of the tests", "1"


@dataclass
class Provider:
    """What the provider says of the one person who signs in there, and what it was asked."""

    url: str = ""
    email: str = "olu.okoro@council.example"
    name: str = "Olu Okoro"
    groups: list[str] = field(default_factory=list)
    subject: str = "olu"
    challenges: dict[str, str] = field(default_factory=dict)  # code -> the challenge of PKCE
    nonces: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    exchanged: int = 0
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    def claims(self) -> dict[str, Any]:
        return {
            "sub": self.subject,
            "email": self.email,
            "email_verified": True,
            "name": self.name,
            "groups": self.groups,
        }

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorise",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }

    def keys(self) -> dict[str, Any]:
        numbers = self.key.public_key().public_numbers()
        key = {"kty": "RSA", "kid": KEY_ID, "use": "sig", "alg": "RS256"}
        return {"keys": [key | {"n": _in_base64(numbers.n), "e": _in_base64(numbers.e)}]}

    def authorise(self, asked: dict[str, str]) -> str:
        """Return where the browser is sent with its code."""
        code = f"code-{len(self.challenges)}"
        assert asked["code_challenge_method"] == "S256"
        self.challenges[code] = asked["code_challenge"]
        self.nonces[code] = asked.get("nonce", "")
        back = {"code": code, "state": asked["state"]}
        return f"{asked['redirect_uri']}?{urlencode(back)}"

    def token(self, asked: dict[str, str]) -> dict[str, Any] | None:
        """Return a token for a code whose verifier fits its challenge, or None."""
        digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        fits = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if self.challenges.get(asked.get("code", "")) != fits:
            self.refused.append(asked.get("code", ""))
            return None
        self.exchanged += 1
        now = int(timezone.now().timestamp())  # noqa: TID251 - the provider is the outside world
        claims = self.claims() | {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300}
        if self.nonces[asked["code"]]:
            claims["nonce"] = self.nonces[asked["code"]]
        signed = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": KEY_ID})
        return {"access_token": "at", "token_type": "Bearer", "id_token": signed}


def _in_base64(number: int) -> str:
    whole = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(whole).rstrip(b"=").decode()


@contextmanager
def running() -> Iterator[Provider]:
    """Serve a provider on a free port while a test runs."""
    provider = Provider()

    class Answers(BaseHTTPRequestHandler):
        def log_message(self, *words: object) -> None:
            pass

        def do_GET(self) -> None:
            address = urlsplit(self.path)
            asked = dict(parse_qsl(address.query))
            match address.path:
                case "/.well-known/openid-configuration":
                    self._say(provider.configuration())
                case "/keys":
                    self._say(provider.keys())
                case "/userinfo":
                    self._say(provider.claims())
                case "/authorise":
                    self.send_response(302)
                    self.send_header("Location", provider.authorise(asked))
                    self.end_headers()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            token = provider.token(dict(parse_qsl(body)))
            self._say(token or {"error": "invalid_grant"}, 200 if token else 400)

        def _say(self, what: object, status: int = 200) -> None:
            told = json.dumps(what).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(told)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    provider.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
