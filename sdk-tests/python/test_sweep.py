"""Every list and every resource of the SDK, walked by its own signatures: walk.py."""
import unittest

from house import House
from report import count, faults, table
from sweepvalues import Values
from walk import Sweep

# Classes of the SDK with which each thing is done at least.
LEAST = {'create': 180, 'list': 260, 'fetch': 225, 'update': 140, 'remove': 135, 'gone': 135}


class SweepTests(House):
    clock = 'manual'

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        client = cls.new_account()
        cls.lives = Sweep(client, Values(cls.new_sender(client)), cls.emulator.advance).walk()

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
