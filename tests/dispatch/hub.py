"""A WebSub hub (W3C REC §5-§7) in a process of its own: `python -m tests.dispatch.hub`.

It says its port on the first line. It knows subscriptions with verified intent, takes pings,
fetches what they name, and hands the content on, signed where a subscriber gave a secret.
"""

import hashlib
import hmac
import secrets
import sys
import threading
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode

SUBSCRIBERS: dict[str, dict[str, str | None]] = {}
"""By topic: the callbacks, each with its secret."""


class Hub(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        if self.headers.get("Content-Type") != "application/x-www-form-urlencoded":
            self._answer(415, "A form is needed.")
        elif form.get("hub.mode") == "subscribe":
            self._subscribe(form)
        elif form.get("hub.mode") == "publish" and form.get("hub.url") == form.get("hub.topic"):
            threading.Thread(target=distribute, args=[form["hub.url"], self._own()]).start()
            self._answer(202, "")
        else:
            self._answer(400, f"It is no ping and no subscription: {sorted(form)}")

    def _subscribe(self, form: dict[str, str]) -> None:
        challenge = secrets.token_hex(8)
        asked = {"hub.mode": "subscribe", "hub.topic": form["hub.topic"],
                 "hub.challenge": challenge, "hub.lease_seconds": "600"}  # fmt: skip
        callback = form["hub.callback"]
        with urllib.request.urlopen(f"{callback}?{urlencode(asked)}") as answer:
            verified = answer.status == 200 and answer.read() == challenge.encode()
        if not verified:
            return self._answer(400, "The subscriber did not confirm.")
        SUBSCRIBERS.setdefault(form["hub.topic"], {})[callback] = form.get("hub.secret")
        return self._answer(202, "")

    def _own(self) -> str:
        return f"http://{self.headers['Host']}{self.path}"

    def _answer(self, status: int, body: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        pass


def distribute(topic: str, own: str) -> None:
    """Fetch the topic and post it to all who subscribed (§7)."""
    for callback, secret in SUBSCRIBERS.get(topic, {}).items():
        with urllib.request.urlopen(topic) as answer:
            content, media_type = answer.read(), answer.headers["Content-Type"]
        headers = {"Content-Type": media_type,
                   "Link": f'<{own}>; rel="hub", <{topic}>; rel="self"'}  # fmt: skip
        if secret:
            digest = hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()
            headers["X-Hub-Signature"] = f"sha256={digest}"
        urllib.request.urlopen(
            urllib.request.Request(callback, content, headers, method="POST")
        ).close()


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    print(server.server_port, flush=True)
    server.serve_forever()
    sys.exit()
