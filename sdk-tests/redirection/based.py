# An app that lets its authors say where Twilio is: EMULATOR is the base URL, and nothing else is different.
import json
import os

from twilio.rest import Client

client = Client(os.environ["TWILIO_ACCOUNT_SID"], os.environ["TWILIO_AUTH_TOKEN"])
client.api.base_url = os.environ["EMULATOR"]
client.verify.base_url = os.environ["EMULATOR"] + "/verify"

message = client.messages.create(to="+14155550199", from_="+14155550100", body="from python")
call = client.calls.create(to="+14155550199", from_="+14155550100", twiml="<Response><Say>Hello from python</Say></Response>")
service = client.verify.v2.services.create(friendly_name="from python")
assert service.url.startswith(os.environ["EMULATOR"] + "/verify/v2/Services/VA"), service.url

# Lists walk from page to page by the links the service gives.
for i in range(3):
    client.messages.create(to="+14155550198", from_="+14155550100", body=f"page {i}")
listed = client.messages.list(page_size=1, limit=4)
assert len(listed) == 4, len(listed)
for i in range(3):
    client.verify.v2.services.create(friendly_name=f"page {i}")
services = client.verify.v2.services.list(page_size=1)
assert len(services) >= 4, len(services)
print(json.dumps({"message": message.sid, "call": call.sid}))
