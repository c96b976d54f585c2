"""Every list and every resource of the SDK, walked by its own signatures: walk.py."""
import unittest

from emulator import Emulator
from redirected import redirected
from report import count, faults, table
from sweepvalues import Values
from walk import Sweep

# Classes of the SDK with which each thing is done at least.
LEAST = {'create': 200, 'list': 250, 'fetch': 200, 'update': 120, 'remove': 120, 'gone': 120}


class SweepTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with Emulator(clock='manual') as emulator:
            client = redirected(emulator.url, *emulator.new_account('a sweep'))
            found = client.available_phone_numbers('US').local.list(limit=1)[0]
            number = client.incoming_phone_numbers.create(phone_number=found.phone_number).phone_number
            cls.lives = Sweep(client, Values(number), emulator.advance).walk()

    def test_every_class_is_created_listed_fetched_changed_and_removed_as_the_sdk_expects(self):
        for product in dict.fromkeys(life.path.split('.')[0] for life in self.lives.values()):
            with self.subTest(product=product):
                self.assertEqual([], faults(self.lives, product))

    def test_the_sweep_reaches_the_whole_sdk(self):
        print('', *table(self.lives), sep='\n')
        for verb, least in LEAST.items():
            with self.subTest(verb=verb):
                self.assertGreaterEqual(count(self.lives, verb), least)


if __name__ == '__main__':
    unittest.main()
