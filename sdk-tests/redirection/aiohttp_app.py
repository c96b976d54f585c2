"""An app of the SDK for Python's asynchronous client: what it does with aiohttp (twilio/http/async_http_client.py of 9.x), without the SDK,
which Debian has in an older version. Prints the message's SID."""
import asyncio
import json
import os

import aiohttp


async def main():
    sid, token = os.environ['TWILIO_ACCOUNT_SID'], os.environ['TWILIO_AUTH_TOKEN']
    session = aiohttp.ClientSession(trace_configs=None)
    try:
        answer = await session.request(
            method='POST', url=f'https://api.twilio.com/2010-04-01/Accounts/{sid}/Messages.json',
            data={'To': '+14155550199', 'From': '+14155550100', 'Body': 'asynchronous'}, auth=aiohttp.BasicAuth(sid, token),
            timeout=None, allow_redirects=True)
        print(json.dumps({'message': json.loads(await answer.text())['sid']}))
    finally:
        await session.close()


asyncio.run(main())
