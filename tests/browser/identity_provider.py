"""A small OpenID Connect provider on this machine: who signs in is chosen by a link."""

from __future__ import annotations

import html
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "prioritiser"
PEOPLE = {"Ben": "Ben@Example.org", "Eve": "eve@example.org"}


class Provider:
    """Serves discovery, a page to choose a person on, tokens and the key they are signed with."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "test", "use": "sig"})
        self.nonces: dict[str, str] = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                where = urlsplit(self.path)
                asked = {name: values[0] for name, values in parse_qs(where.query).items()}
                if where.path == "/authorize":
                    self.answer(provider.choice(asked).encode(), "text/html")
                else:
                    found = {"/keys": provider.keys, "/discovery": provider.discovery}[where.path]
                    self.answer(json.dumps(found()).encode())

            def do_POST(self) -> None:
                sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
                code = parse_qs(sent)["code"][0]
                self.answer(json.dumps(provider.token(code)).encode())

            def answer(self, body: bytes, kind: str = "application/json") -> None:
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Says nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def discovery(self) -> dict[str, object]:
        """What the app asks first."""
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def keys(self) -> dict[str, object]:
        """The public key."""
        return {"keys": [self.key.as_dict(private=False)]}

    def choice(self, asked: dict[str, str]) -> str:
        """A page with a link for each person; it leads back to the app with a code."""
        assert asked["client_id"] == CLIENT
        links = []
        for name in PEOPLE:
            self.nonces[name] = asked.get("nonce", "")
            back = f"{asked['redirect_uri']}?{urlencode({'code': name, 'state': asked['state']})}"
            links.append(f'<a href="{html.escape(back)}">{name}</a>')
        return "<!doctype html><title>Who are you?</title>" + " ".join(links)

    def token(self, code: str) -> dict[str, object]:
        """Who the person is, signed."""
        at = int(time.time())
        claims = {
            "iss": self.url, "aud": CLIENT, "sub": code, "iat": at, "exp": at + 600,
            "nonce": self.nonces[code], "email": PEOPLE[code], "name": f"{code} Okafor",
        }  # fmt: skip
        signed = jwt.encode({"alg": "RS256", "kid": "test"}, claims, self.key)
        return {"access_token": "unused", "token_type": "Bearer", "id_token": signed}

    def secrets(self, app_port: int) -> str:
        """The app's secrets.toml for this provider."""
        return (
            "[auth]\n"
            f'redirect_uri = "http://localhost:{app_port}/oauth2callback"\n'
            'cookie_secret = "only for this test, and long enough for it"\n'
            f'client_id = "{CLIENT}"\nclient_secret = "unused"\n'
            f'server_metadata_url = "{self.url}/discovery"\n'
        )

    def stop(self) -> None:
        """Stop serving."""
        self.server.shutdown()
        self.server.server_close()
