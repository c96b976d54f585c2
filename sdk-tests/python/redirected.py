"""The SDK, every product of it, led to an emulator: https://verify.twilio.com/v2 becomes URL/verify/v2."""
import re

from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client


class RedirectingClient(TwilioHttpClient):
    """Sends what is meant for a host of Twilio's to the emulator; remembers the last request."""

    def __init__(self, url):
        super().__init__(timeout=20)
        self.url = url
        self.count = 0
        self.seen = None

    def request(self, method, url, params=None, data=None, **rest):
        url = re.sub(r'^https://([a-z-]+)(?:\.[a-z0-9.-]+)?\.twilio\.com(?=/)', rf'{self.url}/\1', url)
        self.count += 1
        self.seen = f'{method} {url[len(self.url):]} {data or params or {}}'
        return super().request(method, url, params=params, data=data, **rest)


def redirected(url, sid, token, account=None):
    """A client of the SDK; its http_client knows what was asked."""
    return Client(sid, token, account, http_client=RedirectingClient(url), environment={'none': ''})
