"""One emulator process and its control API, /_emu/v1, as a test uses them."""
import glob
import json
import os
import re
import selectors
import subprocess
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
START_LIMIT = 30


def _program():
    """The program to test: TWILIOEMU names an executable or a dll; else what was built in this tree."""
    built = [f'{HERE}/../../artifacts/bin/TwilioEmu/{c}/twilioemu.dll' for c in ('release', 'debug')]
    path = os.environ.get('TWILIOEMU') or next((p for b in built for p in glob.glob(b)), None)
    if not path:
        raise RuntimeError('no emulator: build emulator/src/TwilioEmu, or name a program in TWILIOEMU')
    return ['dotnet', path] if path.endswith('.dll') else [path]


class Emulator:
    """Starts on free ports and waits for the line that says where it is. A context manager."""

    def __init__(self, clock='auto'):
        environment = {k: v for k, v in os.environ.items() if not k.startswith('TWILIO_')}
        self._process = subprocess.Popen(
            [*_program(), 'serve', '--port', '0', '--clock', clock, '--seed', '1', '--unbuilt', 'store'],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment)
        try:
            self.url = self._ready_url()
        except BaseException:
            self.stop()
            raise

    def _ready_url(self):
        said = b''
        until = time.monotonic() + START_LIMIT
        with selectors.DefaultSelector() as ready:
            ready.register(self._process.stdout, selectors.EVENT_READ)
            while (left := until - time.monotonic()) > 0 and ready.select(left):
                part = os.read(self._process.stdout.fileno(), 65536)
                said += part
                if found := re.search(rb'http://127\.0\.0\.1:\d+', said):
                    return found.group().decode()
                if not part:
                    break
        raise RuntimeError(f'not ready:\n{said.decode()}')

    def stop(self):
        self._process.terminate()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def ask(self, method, path, body=None):
        """One request to the control API."""
        request = urllib.request.Request(
            f'{self.url}/_emu/v1{path}', method=method, headers={'content-type': 'application/json'},
            data=None if body is None else json.dumps(body).encode())
        with urllib.request.urlopen(request, timeout=20) as response:
            return json.loads(response.read() or b'null')

    def new_account(self, name):
        account = self.ask('POST', '/accounts', {'friendly_name': name})
        return account['sid'], account['auth_token']

    def advance(self, by):
        self.ask('POST', '/clock/advance', {'by': by})
