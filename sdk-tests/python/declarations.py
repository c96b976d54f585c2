"""What the SDK says of itself: which lists and contexts there are, and what their methods take."""
import inspect
import re
import sys

from twilio.base import values
from twilio.base.domain import Domain
from twilio.base.list_resource import ListResource
from twilio.base.version import Version


def _members(thing, kind):
    for name, member in inspect.getmembers(type(thing), lambda m: isinstance(m, property)):
        # 2010-04-01 has every list a second time, beside the account it belongs to.
        if isinstance(thing, Version) and kind is ListResource and type(thing).__name__ == 'V2010' and name != 'accounts':
            continue
        value = member.fget(thing)
        if isinstance(value, kind):
            yield name, value


def versions(client):
    """Every product the SDK has, with its versions."""
    for product, domain in _members(client, Domain):
        for name, version in _members(domain, Version):
            yield f'{product}.{name}', version


def lists(thing):
    """The lists of a version, a context, or of a list."""
    return _members(thing, ListResource)


def keys(some):
    """The names of what a list is called with, or None when it leads to no context."""
    return list(inspect.signature(some.get).parameters) if hasattr(some, 'get') else None


class Parameter:
    """One parameter of a method."""

    def __init__(self, name, kind, says, is_required, words):
        self.name, self.kind, self.says, self.is_required, self.words = name, kind, says, is_required, words


def parameters(method):
    """What a method takes, as its signature and its documentation say."""
    said = {}
    for kind, name, says in re.findall(r':param (?:([\w.\[\]]+) )?(\w+): ?(.*)', method.__doc__ or ''):
        said[name] = kind, says
    module = sys.modules[method.__module__]
    for name, parameter in inspect.signature(method).parameters.items():
        if name in ('limit', 'page_size'):
            continue
        kind, says = said.get(name, ('unicode', ''))
        # Some say :param FooInstance.BarType bar, some list[FooInstance.BarType].
        enum = module
        for part in re.sub(r'^list\[|\]$', '', kind).split('.'):
            enum = getattr(enum, part, None)
        words = None
        if isinstance(enum, type) and '.' in kind:
            words = [v for k, v in vars(enum).items() if not k.startswith('_') and isinstance(v, str)]
        yield Parameter(name, kind, says, parameter.default is inspect.Parameter.empty, words)


UNSET = values.unset
