"""What a sweep found: faults that nobody excused, and a table."""
import json
import os

from sweepvalues import plain_path

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), '../sweep/exceptions.json'), encoding='utf-8') as file:
    EXCEPTIONS = [e for e in json.load(file) if e.get('sdk', 'python') == 'python']

COLUMNS = ('create', 'whole', 'list', 'fetch', 'update', 'change', 'rewrite', 'remove', 'gone')


def _covers(exception, life):
    return f'{plain_path(life.path)}.'.startswith(f"{exception['path']}.")


def _excuses(exception, life, verb, says):
    return _covers(exception, life) and verb in exception.get('verbs', [verb]) and says.replace('_', '').lower().startswith(exception.get('says', '').lower())


def _of(lives, product):
    return [life for life in lives.values() if life.path.split('.')[0] == product]


def faults(lives, product):
    """The faults of a product's classes that are on no list of exceptions, in words."""
    return [f'{life.path} {verb}: {says}\n    {request}'
            for life in _of(lives, product) for verb, says, request in life.faults
            if not any(_excuses(e, life, verb, says) for e in EXCEPTIONS)]


def count(lives, verb):
    return sum(verb in life.done for life in lives.values())


def table(lives):
    """What was done, product by product; then what was not, and why."""
    def row(name, cells):
        return name.ljust(16) + ''.join(str(c).rjust(8) for c in cells)

    def counts(some):
        return [len(some), *(sum(c in life.done for life in some) for c in COLUMNS)]

    yield row('', ['classes', *COLUMNS])
    for product in dict.fromkeys(life.path.split('.')[0] for life in lives.values()):
        yield row(product, counts(_of(lives, product)))
    yield row('all', counts(list(lives.values())))
    yield f'values given and shown in the answer: {sum(life.shown for life in lives.values())}'
    for e in EXCEPTIONS:
        covered = [life for life in lives.values() if _covers(e, life)]
        if covered:
            is_needed = any(_excuses(e, life, verb, says) for life in covered for verb, says, _ in life.faults)
            yield f"{'excused' if is_needed else 'excused without a fault'}: {' '.join([e['path'], *e.get('verbs', [])])}: {e['reason']}"
    yield 'nobody there to fetch: ' + ', '.join(life.path for life in lives.values() if life.has_nobody)
