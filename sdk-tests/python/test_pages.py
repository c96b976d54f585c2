"""Pages of products whose lists carry `meta`: twilio.com/docs/usage/twilios-response."""
import unittest

from house import House

NAMES = sorted(f'document-{i}' for i in range(120))


class PagesTests(House):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        client = cls.new_account()
        cls.documents = client.sync.services(client.sync.services.create().sid).documents
        cls.http = client.http_client
        for name in NAMES:
            cls.documents.create(unique_name=name, data={})

    def test_a_stream_walks_all_pages_and_asks_for_each_when_it_gets_there(self):
        before = self.http.count
        stream = self.documents.stream(page_size=50)
        some = [next(stream) for _ in range(50)]
        self.assertEqual(1, self.http.count - before)
        self.assertEqual(NAMES, sorted(d.unique_name for d in [*some, *stream]))
        self.assertEqual(3, self.http.count - before)

    def test_a_list_stops_at_its_limit(self):
        before = self.http.count
        self.assertEqual(60, len(self.documents.list(limit=60, page_size=50)))
        self.assertEqual(2, self.http.count - before)

    def test_pages_lead_on_and_back(self):
        first = self.documents.page(page_size=50)
        second = first.next_page()
        third = second.next_page()
        there = [[d.unique_name for d in page] for page in (first, second, third)]
        self.assertEqual([50, 50, 20], [len(names) for names in there])
        self.assertIsNone(third.next_page())
        self.assertIsNone(first.previous_page())
        self.assertEqual(NAMES, sorted(sum(there, [])))
        back = self.documents.get_page(first.next_page_url).next_page().previous_page()
        self.assertEqual(there[1], [d.unique_name for d in back])
        self.assertEqual(there[0], [d.unique_name for d in back.previous_page()])

    def test_pages_of_2010_04_01_lead_on_and_back(self):
        client = self.new_account()
        for i in range(12):
            client.queues.create(friendly_name=f'queue-{i}')
        self.assertEqual(12, len({queue.sid for queue in client.queues.stream(page_size=5)}))
        second = client.queues.page(page_size=5).next_page()
        self.assertEqual(5, len(list(second)))
        self.assertEqual(5, len(list(client.queues.page(page_size=5).next_page().previous_page())))


if __name__ == '__main__':
    unittest.main()
