"""What a test class lives in: an emulator, an app, and accounts of its own."""
import unittest

from app import App
from emulator import Emulator
from redirected import redirected


class House(unittest.TestCase):
    """Tests in an emulator of their own."""

    clock = 'auto'

    @classmethod
    def setUpClass(cls):
        cls.emulator = cls.enterClassContext(Emulator(cls.clock))
        cls.app = cls.enterClassContext(App())

    @classmethod
    def client_of(cls, sid, token, account=None):
        """The SDK, pointed at the emulator and nothing else."""
        client = redirected(cls.emulator.url, sid, token, account)
        cls.addClassCleanup(client.http_client.session.close)
        return client

    @classmethod
    def new_account(cls):
        """A fresh account: a client of its own."""
        sid, token = cls.emulator.new_account('a test')
        cls.app.trust(sid, token)
        return cls.client_of(sid, token)

    @staticmethod
    def new_sender(client, **settings):
        """A number of an account's own."""
        found = client.available_phone_numbers('US').local.list(limit=1)[0]
        return client.incoming_phone_numbers.create(phone_number=found.phone_number, **settings).phone_number
