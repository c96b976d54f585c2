"""Walks every list and context of the SDK and lives the life of each resource: created, fetched, listed, changed, removed, gone."""
import datetime
import json

from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.base.list_resource import ListResource

from declarations import keys, lists, parameters, versions
from sweepvalues import plain, plain_path

ENOUGH = 500


class Life:
    """One class: what was done with it, and what went wrong."""

    def __init__(self, path, seen):
        self.path, self.seen = path, seen
        self.done, self.faults, self.shown, self.has_nobody = set(), [], 0, False

    def attempt(self, verb, act):
        """Does one thing; an error becomes a fault with the request that led to it."""
        try:
            answer = act()
            self.done.add(verb)
            return answer
        except TwilioRestException as error:
            self.fault(verb, f'{error.status}/{error.code} {error.msg}')
        except (TwilioException, AttributeError, KeyError, TypeError, ValueError) as error:
            self.fault(verb, f'{type(error).__name__} {error}')
        return None

    def fault(self, verb, says):
        self.faults.append((verb, says, self.seen()))


class Sweep:
    """Walks the whole SDK in one account."""

    def __init__(self, client, values, settle):
        self._client, self._values, self._settle = client, values, settle
        self._later = []
        self.lives = {}

    def walk(self):
        for path, version in versions(self._client):
            self._walk_lists(path, version)
        # What nobody makes by itself may have come meanwhile: keys from new_keys.
        for again in self._later:
            again()
        return self.lives

    def _walk_lists(self, path, thing):
        for name, some in lists(thing):
            self._walk_list(f'{path}.{name}', some)

    def _walk_list(self, path, some):
        life = self.lives[plain_path(path)] = Life(path, lambda: self._client.http_client.seen)
        names = keys(some)

        # 1. Create; and one with all that can be said.
        kept = None
        if hasattr(some, 'create'):
            params = self._params(path, 'create', some.create)
            kept = life.attempt('create', lambda: some.create(**params))
            self._values.remember(kept)
            if kept and not _is_named_by(kept, names, params):
                self._says_all(life, path, 'whole', some.create)

        # 2. List, and find it.
        first = self._list(life, path, some, kept)

        # 3. Live on: by the keys of the one created, of the first one listed, or of one that is known to be there.
        if names is not None:
            context = _context(some, names, kept or first) or self._known(path, some, names)
            if context:
                self._live_on(life, path, context, kept)
            elif not hasattr(some, 'create') and hasattr(some, 'list'):
                self._later.append(lambda: self._come_back(life, path, some, names))
            else:
                life.has_nobody = True

            # 4. Another one goes; where the name is given from outside, the same one.
            if context and kept and hasattr(context, 'delete'):
                others = self._params(path, 'create', some.create)
                doomed = kept if _is_named_by(kept, names, others) else life.attempt('create', lambda: some.create(**others))
                if doomed:
                    last = _context(some, names, doomed)
                    if doomed is not kept and hasattr(last, 'update'):
                        self._settles(path, 'update')
                        self._says_all(life, path, 'rewrite', last.update)
                    self._goes(life, path, last)

        # 5. What lies beside a context: lists of a list.
        self._walk_lists(path, some)

    def _list(self, life, path, some, kept):
        if not hasattr(some, 'list'):
            return None
        params = self._params(path, 'list', some.list)
        listed = life.attempt('list', lambda: some.list(limit=ENOUGH, **params))
        if not listed:
            if listed is not None and kept:
                life.fault('list', 'what was created is not listed')
            return None
        for resource in listed:
            self._values.remember(resource)
        if kept and not any(_is_same(r, kept, keys(some) or []) for r in listed):
            life.fault('list', f'what was created is not among the {len(listed)} listed')
        return listed[0]

    def _known(self, path, some, names):
        known = self._values.keys_of(path)
        return some.get(*known) if known else None

    def _come_back(self, life, path, some, names):
        first = self._list(life, path, some, None)
        context = _context(some, names, first)
        if context:
            self._live_on(life, path, context, first)
        else:
            life.has_nobody = True

    def _live_on(self, life, path, context, kept):
        if hasattr(context, 'create'):
            self._values.remember(life.attempt('create', lambda: context.create(**self._params(path, 'create', context.create))))
        # Some things are made by the first change of them.
        if not kept and hasattr(context, 'update') and self._values.keys_of(path):
            life.attempt('update', lambda: context.update(**self._params(path, 'update', context.update)))
        seen = None
        if hasattr(context, 'fetch'):
            seen = life.attempt('fetch', lambda: context.fetch(**self._params(path, 'fetch', context.fetch)))
            if seen and kept and getattr(kept, 'sid', None) and seen.sid != kept.sid:
                life.fault('fetch', f'another one was fetched: {seen.sid} instead of {kept.sid}')
        if hasattr(context, 'update'):
            self._changes(life, path, context, seen or kept)
        # Resources below an account are made in the account the test has.
        self._walk_lists(path, self._client.api.v2010.account if path == 'api.v2010.accounts' else context)

    def _changes(self, life, path, context, before):
        """Changes it, and sees the change in the answer and in a fetch."""
        self._settles(path, 'update')
        params = self._params(path, 'update', context.update)
        name, value = self._change(path, context, before, params)
        if name:
            params[name] = value
        after = life.attempt('update', lambda: context.update(**params))
        if not after or not name or not hasattr(after, name):
            return
        if not _is_like(getattr(after, name), value):
            life.fault('change', f'{name} was set to {value}, the answer says {getattr(after, name)}')
            return
        if hasattr(context, 'fetch'):
            again = life.attempt('fetch', lambda: context.fetch(**self._params(path, 'fetch', context.fetch)))
            if again and not _is_like(getattr(again, name), value):
                life.fault('change', f'{name} was set to {value}, a fetch says {getattr(again, name)}')
                return
        life.done.add('change')

    def _change(self, path, context, before, params):
        """A change that can be seen: a text, a truth, a word that the resource shows too."""
        if self._values.of_class(path, 'update'):
            return None, None
        shown = [p for p in parameters(context.update) if hasattr(before, p.name) and not callable(getattr(before, p.name))]
        texts = [p for p in shown if p.kind == 'unicode' and p.name.endswith(('name', 'description', 'title', 'body')) and 'unique' not in p.name and 'domain' not in p.name]
        if texts:
            return texts[0].name, self._values.fill('changed-@unique')
        for parameter in shown:
            if parameter.kind == 'unicode' and parameter.name.endswith('url'):
                return parameter.name, 'https://example.com/changed'
        for parameter in shown:
            if parameter.kind == 'bool':
                return parameter.name, getattr(before, parameter.name) is not True
        for parameter in shown:
            if parameter.words and parameter.name not in params:
                return parameter.name, next((w for w in parameter.words if w != getattr(before, parameter.name)), parameter.words[0])
        return None, None

    def _says_all(self, life, path, verb, method):
        """Gives a method all it takes, and holds the answer against it."""
        required = self._params(path, 'create' if verb == 'whole' else 'update', method)
        given = {}
        for parameter in parameters(method):
            # parameter1_name to parameter99_value
            if parameter.name.startswith('parameter') and parameter.name[9:10].isdigit():
                continue
            given[parameter.name] = parameter.words[-1] if parameter.words and not parameter.kind.startswith('list') else self._values.of(parameter)
        given = self._with_class(path, verb, method, {**given, **required})
        if len(given) == len(required):
            return
        made = life.attempt(verb, lambda: method(**given))
        for name, value in given.items() if made else ():
            shown = name.rstrip('_')
            got = getattr(made, shown, None)
            # What the SDK calls networks or recording_rules may be a list below.
            if shown not in dir(made) or callable(got) or isinstance(got, ListResource):
                continue
            if _is_like(got, value):
                life.shown += 1
            else:
                life.fault('shows', f'{name} was given as {value}, the answer says {got}')

    def _goes(self, life, path, context):
        def remove():
            self._settles(path, 'remove')
            if context.delete(**self._params(path, 'remove', context.delete)) is not True:
                raise ValueError('delete did not answer True')
        life.attempt('remove', remove)
        if 'remove' not in life.done or not hasattr(context, 'fetch'):
            return
        try:
            context.fetch(**self._params(path, 'fetch', context.fetch))
            life.fault('gone', 'it is still there after its removal')
        except TwilioRestException as error:
            if (error.status, error.code) == (404, 20404):
                life.done.add('gone')
            else:
                life.fault('gone', f'{error.status}/{error.code} {error.msg}')

    def _params(self, path, verb, method):
        """What a method requires, and what sweep/values.json adds."""
        needed = {p.name: self._values.of(p) for p in parameters(method) if p.is_required}
        return self._with_class(path, verb, method, needed)

    def _with_class(self, path, verb, method, params):
        known = self._values.of_class(path, verb)
        merged = {**params, **{p.name: known[plain(p.name)] for p in parameters(method) if plain(p.name) in known}}
        return {name: value for name, value in merged.items() if value is not None}

    def _settles(self, path, verb):
        if time := self._values.settles(path, verb):
            self._settle(time)


def _key(resource, name):
    return (getattr(resource, '_solution', None) or {}).get(name) or getattr(resource, name, None)


def _context(some, names, resource):
    if not names:
        return some.get()
    found = [_key(resource, name) for name in names]
    return some.get(*found) if all(key not in (None, '') for key in found) else None


def _is_same(one, other, names):
    if hasattr(one, 'sid'):
        return one.sid == other.sid
    return all(str(_key(one, name)) == str(_key(other, name)) for name in names)


def _is_named_by(resource, names, params):
    """True when the parameters of a create name the resource themselves: the SID of a mapping, a country."""
    return bool(names) and all(_key(resource, name) in params.values() for name in names)


def _is_like(got, value):
    return _spelt(got) == _spelt(value) or (isinstance(got, list) and _spelt(got) == _spelt([value]))


def _spelt(value):
    if isinstance(value, (datetime.datetime, datetime.date)):
        return value.strftime('%Y-%m-%d')
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (dict, list)):
        return json.dumps(value)
    return 'true' if value == 'True' else str(value)
