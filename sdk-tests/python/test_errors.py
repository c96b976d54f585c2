"""Twilio's no, as the SDK for Python throws it: twilio.com/docs/usage/twilios-response."""
import unittest

from twilio.base.exceptions import TwilioRestException

from house import House

NOBODY = '0' * 32


class ErrorsTests(House):
    def refuses(self, act, status, code):
        with self.assertRaises(TwilioRestException) as thrown:
            act()
        self.assertEqual((status, code), (thrown.exception.status, thrown.exception.code))
        self.assertTrue(thrown.exception.msg)
        return thrown.exception

    def test_what_is_not_there_is_404_20404(self):
        client = self.new_account()
        for act in (client.messages(f'SM{NOBODY}').fetch, client.calls(f'CA{NOBODY}').fetch, client.verify.services(f'VA{NOBODY}').fetch,
                    client.sync.services(f'IS{NOBODY}').delete, client.taskrouter.workspaces(f'WS{NOBODY}').update):
            with self.subTest(act=act.__self__):
                self.refuses(act, 404, 20404)

    def test_a_wrong_token_is_401_20003(self):
        sid = self.new_account().username
        self.refuses(self.client_of(sid, 'wrong').messages(f'SM{NOBODY}').fetch, 401, 20003)
        self.refuses(self.client_of(f'AC{NOBODY}', 'wrong').verify.services(f'VA{NOBODY}').fetch, 401, 20003)

    def test_a_wrong_value_names_its_parameter(self):
        client = self.new_account()
        error = self.refuses(lambda: client.verify.services.create(friendly_name='x', code_length='many'), 400, 60200)
        self.assertIn('CodeLength', error.msg)
        self.assertEqual('POST', error.method)

    def test_a_message_to_no_number_is_400_21211(self):
        client = self.new_account()
        sender = self.new_sender(client)
        self.refuses(lambda: client.messages.create(to='nobody', from_=sender, body='hello'), 400, 21211)

    def test_a_name_that_is_taken_is_a_conflict(self):
        client = self.new_account()
        service = client.sync.services(client.sync.services.create().sid)
        service.documents.create(unique_name='one')
        self.refuses(lambda: service.documents.create(unique_name='one'), 409, 54301)

    def test_a_revision_of_yesterday_is_412(self):
        client = self.new_account()
        service = client.sync.services(client.sync.services.create().sid)
        document = service.documents.create(unique_name='one', data={'a': 1})
        document.update(data={'a': 2}, if_match=document.revision)
        self.refuses(lambda: document.update(data={'a': 3}, if_match='0'), 412, 54103)
        self.assertEqual({'a': 2}, service.documents('one').fetch().data)


if __name__ == '__main__':
    unittest.main()
