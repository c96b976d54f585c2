"""A small app without a framework: answers webhooks, and believes none whose signature the SDK does not confirm."""
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from twilio.request_validator import RequestValidator

WAIT_LIMIT = 20


class App:
    """Runs on a free port. A context manager."""

    def __init__(self):
        self._routes, self._tokens = {}, {}
        self._arrived = threading.Condition()
        self.requests, self.refused = [], []
        app = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'

            def do_POST(self):
                body = self.rfile.read(int(self.headers['Content-Length'] or 0)).decode()
                app._receive(self, {name: some if len(some) > 1 else some[0] for name, some in parse_qs(body, keep_blank_values=True).items()})

            def do_GET(self):
                app._receive(self, {})

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.url = f'http://127.0.0.1:{self._server.server_address[1]}'
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def trust(self, account, token):
        """Believes what is signed with an account's token."""
        self._tokens[account] = token

    def on(self, path, answer):
        """Answers a path with what a function makes of the parameters: TwiML, or text."""
        self._routes[path] = answer

    def until(self, path, count=1):
        """Waits for a number of requests to a path; answers their parameters."""
        with self._arrived:
            self._arrived.wait_for(lambda: len(self._at(path)) >= count, WAIT_LIMIT)
            found = self._at(path)
        if len(found) < count:
            raise AssertionError(f'{count} requests to {path} did not come; came: {self.requests}; refused: {self.refused}')
        return found

    def _at(self, path):
        return [params for at, params in self.requests if at == path]

    def _receive(self, request, form):
        url = f"http://{request.headers['Host']}{request.path}"
        path, query = urlsplit(url).path, {k: v[0] for k, v in parse_qs(urlsplit(url).query, keep_blank_values=True).items()}
        token = self._tokens.get(form.get('AccountSid') or query.get('AccountSid'), '')
        is_signed = RequestValidator(token).validate(url, form, request.headers.get('X-Twilio-Signature', ''))
        if is_signed:
            answer = str(self._routes.get(path, lambda _: '')(form or query)).encode()
        with self._arrived:
            (self.requests if is_signed else self.refused).append((path, form or query))
            self._arrived.notify_all()
        request.send_response(200 if is_signed else 403)
        body = answer if is_signed else b''
        if body:
            request.send_header('Content-Type', 'text/xml')
        request.send_header('Content-Length', str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
