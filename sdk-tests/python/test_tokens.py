"""What the SDK signs for browsers and phones, with a key made here: twilio.com/docs/iam/access-tokens."""
import base64
import hashlib
import hmac
import json
import unittest
import urllib.error
import urllib.request

from twilio.base.exceptions import TwilioRestException
from twilio.jwt.access_token import AccessToken
from twilio.jwt.access_token.grants import ChatGrant, SyncGrant, VoiceGrant

from house import House


def read(part):
    return base64.urlsafe_b64decode(part + '=' * (-len(part) % 4))


class TokensTests(House):
    def test_an_access_token_is_signed_with_the_secret_of_a_key_that_is_there_and_grants_what_was_asked(self):
        client = self.new_account()
        key = client.new_keys.create(friendly_name='browsers')
        chat = client.chat.v2.services.create(friendly_name='a chat')
        sync = client.sync.services.create()
        application = client.applications.create(friendly_name='a phone')
        token = AccessToken(client.account_sid, key.sid, key.secret, identity='ann', ttl=600)
        token.add_grant(VoiceGrant(outgoing_application_sid=application.sid, incoming_allow=True))
        token.add_grant(ChatGrant(service_sid=chat.sid))
        token.add_grant(SyncGrant(service_sid=sync.sid))
        jwt = token.to_jwt()
        header, claims, signature = (jwt.decode() if isinstance(jwt, bytes) else jwt).split('.')

        self.assertEqual({'typ': 'JWT', 'alg': 'HS256', 'cty': 'twilio-fpa;v=1'}, json.loads(read(header)))
        self.assertEqual(hmac.new(key.secret.encode(), f'{header}.{claims}'.encode(), hashlib.sha256).digest(), read(signature))
        said = json.loads(read(claims))
        self.assertEqual((key.sid, client.account_sid), (said['iss'], said['sub']))
        self.assertEqual({
            'identity': 'ann',
            'voice': {'incoming': {'allow': True}, 'outgoing': {'application_sid': application.sid}},
            'chat': {'service_sid': chat.sid},
            'data_sync': {'service_sid': sync.sid},
        }, said['grants'])
        self.assertEqual('browsers', client.keys(said['iss']).fetch().friendly_name)

    def test_an_access_token_for_a_browser_opens_no_rest(self):
        client = self.new_account()
        key = client.new_keys.create()
        jwt = AccessToken(client.account_sid, key.sid, key.secret, identity='ann').to_jwt()
        request = urllib.request.Request(
            f'{self.emulator.url}/2010-04-01/Accounts/{client.account_sid}/Messages.json',
            headers={'Authorization': f'Bearer {jwt.decode() if isinstance(jwt, bytes) else jwt}'})
        with self.assertRaises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=20)
        refused.exception.close()
        self.assertEqual(401, refused.exception.code)

    def test_a_key_opens_its_account_until_it_is_deleted(self):
        client = self.new_account()
        key = client.new_keys.create()
        holder = self.client_of(key.sid, key.secret, client.account_sid)
        self.assertEqual([], holder.messages.list())
        self.assertTrue(client.keys(key.sid).delete())
        with self.assertRaises(TwilioRestException) as refused:
            holder.applications.create(friendly_name='too late')
        self.assertEqual((401, 20003), (refused.exception.status, refused.exception.code))


if __name__ == '__main__':
    unittest.main()
