"""A valid value for every parameter: what sweep/values.json knows of it, else what the SDK says of it."""
import datetime
import json
import os
import re

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), '../sweep/values.json'), encoding='utf-8') as file:
    KNOWN = json.load(file)

# The SDK for Python calls whole numbers texts.
NUMBERS = re.compile(
    '(index|ttl|timeout|interval|size|length|limit|priority|count|window|period|capacity|version|skew|step|max|seconds|workers|radius'
    '|offset|duration|delay|weight|port|price|amount|members|participants|attempt|channels|replay_?after)$')


def plain(name):
    """Names as both SDKs may spell them: flexApi, flex_api."""
    return re.sub('[_.-]', '', name).lower()


def plain_path(path):
    return '.'.join(plain(part) for part in path.split('.'))


def _prefix(key):
    for i in range(len(key) - 2):
        if key[i:] in KNOWN['prefixes']:
            return KNOWN['prefixes'][key[i:]]
    return None


class Values:
    """Makes values; knows the SIDs met so far."""

    def __init__(self, number):
        self._number = number
        self._count = 0
        self._sids = {}

    def _next(self):
        self._count += 1
        return self._count

    def phone(self):
        return f'+1212555{1000 + self._next()}'

    def sid(self, prefix):
        return self._sids.get(prefix, prefix + '0' * 31 + '1')

    def remember(self, resource):
        sid = getattr(resource, 'sid', None)
        if isinstance(sid, str) and re.fullmatch('[A-Z]{2}[0-9a-f]{32}', sid):
            self._sids[sid[:2]] = sid

    def fill(self, value):
        """A text with @number, @phone, @unique, @sid:XX in it."""
        if isinstance(value, list):
            return [self.fill(v) for v in value]
        if isinstance(value, dict):
            return {k: self.fill(v) for k, v in value.items()}
        if not isinstance(value, str):
            return value
        value = value.replace('@number', self._number)
        value = re.sub('@phone', lambda _: self.phone(), value)
        value = re.sub('@unique', lambda _: f'sweep-{self._next()}', value)
        return re.sub('@sid:([A-Z]{2})', lambda m: self.sid(m.group(1)), value)

    def of_class(self, path, verb):
        """What a class needs that its documentation does not say, by plain names."""
        known = KNOWN['classes'].get(plain_path(path), {}).get(verb, {})
        return {plain(name): self.fill(value) for name, value in known.items()}

    def keys_of(self, path):
        """The keys of one that is there though it cannot be created or listed."""
        return self.fill(KNOWN['keys'].get(plain_path(path)))

    def settles(self, path, verb):
        return KNOWN['settles'].get(plain_path(path), {}).get(verb)

    def of(self, parameter):
        """A value for a parameter."""
        if parameter.words:
            return [parameter.words[0]] if parameter.kind.startswith('list') else parameter.words[0]
        if parameter.kind in ('datetime', 'date'):
            return datetime.datetime(2026, 1, 31, tzinfo=datetime.timezone.utc) if parameter.kind == 'datetime' else datetime.date(2026, 1, 31)
        if parameter.kind == 'bool':
            return True
        named = self._of_name(parameter)
        if named is not None:
            return [named] if parameter.kind.startswith('list') and not isinstance(named, list) else named
        if parameter.kind in ('dict', 'object'):
            return {}
        if parameter.kind.startswith('list'):
            return [f'sweep-{self._next()}']
        if NUMBERS.search(plain(parameter.name)):
            return 1
        return f'sweep-{self._next()}'

    def _of_name(self, parameter):
        key = plain(parameter.name)
        if key in KNOWN['names']:
            return self.fill(KNOWN['names'][key])
        prefix = _prefix(key) or _prefix(re.sub('s$', '', key))
        if prefix:
            return self.sid(prefix)
        if key.endswith('method'):
            return 'POST'
        if re.search('(url|uri|callback)$', key):
            return 'https://example.com/sweep'
        if key.endswith('number'):
            return self.phone()
        return '{}' if re.search('json', parameter.says, re.I) and parameter.kind != 'dict' else None
