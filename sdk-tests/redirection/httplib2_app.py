"""HTTPS as twilio-python 5 and older do it: httplib2, with a bundle of the SDK's own and proxy_info None. No line about an emulator."""
import base64
import json
import os
import sys
import urllib.parse

import httplib2

sid = os.environ['TWILIO_ACCOUNT_SID']
login = base64.b64encode(f"{sid}:{os.environ['TWILIO_AUTH_TOKEN']}".encode()).decode()


def post(path, **form):
    http = httplib2.Http(timeout=20, ca_certs=httplib2.CA_CERTS, proxy_info=None)
    answer, body = http.request(
        f'https://api.twilio.com/2010-04-01/Accounts/{sid}/{path}.json', 'POST', urllib.parse.urlencode(form),
        {'Authorization': f'Basic {login}', 'Content-Type': 'application/x-www-form-urlencoded'})
    if answer.status >= 400:
        sys.exit(f'{answer.status} {body.decode()}')
    return json.loads(body)['sid']


print(json.dumps({
    'message': post('Messages', To='+14155550199', From='+14155550100', Body='httplib2'),
    'call': post('Calls', To='+14155550199', From='+14155550100', Twiml='<Response/>'),
}))
