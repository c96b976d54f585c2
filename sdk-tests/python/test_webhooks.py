"""Webhooks, believed by the SDK's own validator and answered with its own TwiML."""
import unittest

from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse
from twilio.twiml.voice_response import VoiceResponse

from house import House


class WebhooksTests(House):
    def tearDown(self):
        self.assertEqual([], self.app.refused)

    def test_a_text_is_signed_and_its_answer_reaches_the_phone(self):
        client = self.new_account()
        number = self.new_sender(client, sms_url=f'{self.app.url}/sms?shop=5&q=a%20b')

        def answer(params):
            reply = MessagingResponse()
            reply.message(f"You said {params['Body']}")
            return reply
        self.app.on('/sms', answer)
        self.emulator.ask('POST', '/handsets/%2B12125550141/messages', {'to': number, 'body': 'café & more +1'})
        [params] = self.app.until('/sms')
        self.assertEqual('café & more +1', params['Body'])
        self.emulator.ask('POST', '/expect', {'match': {'kind': 'message.delivered', 'account': client.account_sid}, 'within': '60s'})
        self.assertEqual(['You said café & more +1'], [m.body for m in client.messages.list(to='+12125550141')])

    def test_a_status_callback_is_signed(self):
        client = self.new_account()
        message = client.messages.create(to='+12125550142', from_=self.new_sender(client), body='hello', status_callback=f'{self.app.url}/status')
        seen = []
        while 'delivered' not in seen:
            seen = [params['MessageStatus'] for params in self.app.until('/status', len(seen) + 1) if params['MessageSid'] == message.sid]
        self.assertEqual('delivered', client.messages(message.sid).fetch().status)

    def test_a_call_is_asked_for_by_get_or_post_and_both_are_signed(self):
        client = self.new_account()
        number = self.new_sender(client)
        greeting = VoiceResponse()
        greeting.say('Hello')
        self.app.on('/voice', lambda _: greeting)
        for i, method in enumerate(('GET', 'POST'), 1):
            client.calls.create(to='+12125550143', from_=number, url=f'{self.app.url}/voice?step=1', method=method)
            self.app.until('/voice', i)

    def test_the_validator_refuses_another_token_and_another_url(self):
        validator = RequestValidator('secret')
        url, params = 'https://example.com/sms?a=b', {'Body': 'hello', 'From': '+12125550144'}
        signature = validator.compute_signature(url, params)
        self.assertTrue(validator.validate(url, params, signature))
        self.assertFalse(RequestValidator('other').validate(url, params, signature))
        self.assertFalse(validator.validate(f'{url}c', params, signature))


if __name__ == '__main__':
    unittest.main()
