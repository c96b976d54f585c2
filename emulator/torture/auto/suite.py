"""An ordinary test suite against a running emulator, as suite.mjs: callbacks, timers, calls led by hand, cancels right after creates.

python3 suite.py URL REPEATS; one line of JSON for what it measured. Needs nothing but Python.
"""
import base64
import http.server
import json
import sys
import threading
import time
import traceback
import urllib.error
import urllib.parse
import urllib.request

URL = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:4010"
REPEATS = int(sys.argv[2]) if len(sys.argv) > 2 else 1
ACCOUNT, TOKEN, NUMBER = "AC00000000000000000000000000000001", "00000000000000000000000000000001", "+14155550100"
BASIC = "Basic " + base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
seen = []


class App(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        form = dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()))
        seen.append({"path": self.path, **form})
        twiml = {
            "/menu": '<Gather numDigits="1" action="/picked" timeout="5"><Say>Press 1</Say></Gather><Say>No input</Say>',
            "/picked": f"<Say>You pressed {form.get('Digits')}</Say>",
            "/long": '<Pause length="60"/>',
            "/sms": f"<Message>echo {form.get('Body')}</Message>",
        }.get(self.path, "")
        body = f"<Response>{twiml}</Response>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        if self.path == "/later":
            threading.Timer(0.15, lambda: post("Messages.json", To="+14155550266", From=NUMBER, Body="later")).start()

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), App)
threading.Thread(target=server.serve_forever, daemon=True).start()
HOME = f"http://127.0.0.1:{server.server_address[1]}"


def ask(method, path, body=None, kind=None):
    headers = {"Authorization": BASIC, **({"Content-Type": kind} if kind else {})}
    request = urllib.request.Request(URL + path, method=method, data=body, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=300) as answer:
            return answer.status, json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as refused:
        return refused.code, json.loads(refused.read() or b"null")


def post(path, **form):
    return ask("POST", f"/2010-04-01/Accounts/{ACCOUNT}/{path}", urllib.parse.urlencode(form).encode(), "application/x-www-form-urlencoded")


def act(path, **body):
    return ask("POST", f"/_emu/v1/{path}", json.dumps(body).encode(), "application/json")


def expect(within="10s", after=0, **match):
    return act("expect", match=match, within=within, after=after)[0]


def heard(sid, words, within="10s"):
    return expect(within, kind="call.heard", subject=sid, data={"words": {"contains": words}})


def cancels_a_call_right_after_it_was_made():
    sid = post("Calls.json", To="+14155550261", From=NUMBER, Url=f"{HOME}/long")[1]["sid"]
    assert post(f"Calls/{sid}.json", Status="canceled")[0] == 200


def a_caller_who_thinks_presses_a_key_in_time():
    sid = act("handsets/+14155550264/calls", to=NUMBER)[1]["call_sid"]
    assert heard(sid, "Press 1") == 200
    time.sleep(0.1)
    assert act(f"calls/{sid}/digits", digits="1")[0] == 200
    assert heard(sid, "You pressed 1") == 200


def a_caller_who_presses_nothing_is_told_so():
    assert heard(act("handsets/+14155550265/calls", to=NUMBER)[1]["call_sid"], "No input", "20s") == 200


def expects_what_the_app_does_a_while_later():
    after = ask("GET", "/_emu/v1/journal?limit=1")[1]["last_seq"]
    urllib.request.urlopen(urllib.request.Request(f"{HOME}/later", method="POST", data=b"")).read()
    assert expect("10s", after, kind="handset.received", subject="+14155550266") == 200


def five_texts_leave_one_a_second_and_every_callback_comes():
    sids = [post("Messages.json", To="+14155550268", From=NUMBER, Body=str(i), StatusCallback=f"{HOME}/status")[1]["sid"] for i in range(5)]
    assert expect("60s", kind="message.delivered", subject=sids[-1]) == 200
    for _ in range(50):
        if all(any(r.get("MessageSid") == s and r.get("MessageStatus") == "delivered" for r in seen) for s in sids):
            return
        time.sleep(0.02)
    raise AssertionError("a callback is missing")


def a_text_is_answered_before_the_test_goes_on():
    sid = act("handsets/+14155550269/messages", to=NUMBER, body="hi")[1]["message_sid"]
    assert any(r["path"] == "/sms" and r["MessageSid"] == sid for r in seen)


def polls_until_a_call_of_a_minute_is_over():
    sid = post("Calls.json", To="+14155550270", From=NUMBER, Url=f"{HOME}/long")[1]["sid"]
    for _ in range(2000):
        if ask("GET", f"/2010-04-01/Accounts/{ACCOUNT}/Calls/{sid}.json")[1]["status"] == "completed":
            return
        time.sleep(0.05)
    raise AssertionError("not over")


TESTS = [test for name, test in list(globals().items()) if callable(test) and getattr(test, "__module__", "") == "__main__"
         and name not in ("App", "ask", "post", "act", "expect", "heard")]


def main():
    owned = ask("GET", f"/2010-04-01/Accounts/{ACCOUNT}/IncomingPhoneNumbers.json")[1]["incoming_phone_numbers"]
    post(f"IncomingPhoneNumbers/{owned[0]['sid']}.json", SmsUrl=f"{HOME}/sms", VoiceUrl=f"{HOME}/menu")
    passed, failures, wall = 0, {}, time.monotonic()
    for _ in range(REPEATS):
        is_fine = True
        for test in TESTS:
            try:
                test()
            except Exception:  # noqa: BLE001 - counted and told
                is_fine = False
                failures.setdefault(test.__name__, []).append(traceback.format_exc(limit=1).splitlines()[-1])
        passed += is_fine
    print(json.dumps({"suite": "python", "passed": passed, "of": REPEATS, "tests": len(TESTS), "wall_seconds": round(time.monotonic() - wall, 2), "failures": failures}))
    return 0 if passed == REPEATS else 1


sys.exit(main())
