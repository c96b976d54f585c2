using System.Text.Json;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Console.Tests.Control;

public sealed class ControlRoomTests : IAsyncLifetime
{
    private const string Phone = ControlHost.Phone;
    private const string Number = ControlHost.Number;
    private ControlHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ControlHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Health_is_ready_once_every_port_listens()
    {
        var (status, json) = await _host.AskAsync("GET", "health");
        (status, json.GetProperty("status").GetString(), json.GetProperty("version").GetString()).Should().Be((200, "ready", "1.2.3"));
        _host.IsReady = false;
        (await _host.AskAsync("GET", "health")).Status.Should().Be(503);
    }

    [Fact]
    public async Task A_path_that_may_be_anything_may_be_nothing_and_is_no_fault_of_ours()
    {
        var (status, json) = await _host.AskAsync("PUT", "resources/video/", "{}");
        status.Should().BeInRange(200, 499, json.ToString());
    }

    [Fact]
    public async Task A_text_comes_back_and_the_phone_remembers_both()
    {
        var (status, json) = await _host.AskAsync(
            "POST", $"handsets/{Phone}/messages", $$"""{"to":"{{Number}}","body":"hi","media_urls":["http://x/a.png"]}""");
        status.Should().Be(201);
        json.GetProperty("message_sid").GetString().Should().StartWith("SM");
        await _host.AskAsync("POST", "clock/advance", """{"by":"10s"}""");
        var phone = (await _host.AskAsync("GET", $"handsets/{Phone}")).Json;
        phone.GetProperty("sent")[0].GetProperty("media_urls")[0].GetString().Should().Be("http://x/a.png");
        phone.GetProperty("received")[0].GetProperty("body").GetString().Should().Be("echo hi");
        phone.GetProperty("received")[0].GetProperty("at").GetString().Should().Be("2026-01-05T09:00:02Z");
    }

    [Fact]
    public async Task A_text_to_a_number_nobody_owns_says_so_in_its_answer()
    {
        var (status, json) = await _host.AskAsync("POST", $"handsets/{Phone}/messages", """{"to":"+14155550111","body":"hi"}""");
        status.Should().Be(201);
        json.GetProperty("message_sid").ValueKind.Should().Be(JsonValueKind.Null);
        json.GetProperty("warnings").EnumerateArray()
            .Should().ContainSingle().Which.GetString()
            .Should().Contain("+14155550111 was texted, and nobody in this world owns it");
        (await _host.AskAsync("POST", $"handsets/{Phone}/messages", $$"""{"to":"{{Number}}","body":"hi"}""")).Json.GetProperty("warnings")
            .GetArrayLength()
            .Should().Be(0);
    }

    [Fact]
    public async Task What_was_put_of_a_phone_is_what_is_got()
    {
        const string Behaviour = """{"busy":"3s","driven_from_outside":true,"script":[{"hears":"press 1","within":"10s"},{"presses":"1#"}],"texts":{"status":"undelivered","error_code":30003}}""";
        var (status, json) = await _host.AskAsync("PUT", $"handsets/{Phone}", Behaviour);
        status.Should().Be(200);
        json.GetProperty("behaviour").GetRawText().Should().Be(Behaviour);
        (await _host.AskAsync("GET", $"handsets/{Phone}")).Json.GetProperty("behaviour").GetRawText().Should().Be(Behaviour);
        (await _host.AskAsync("PUT", $"handsets/{Phone}", "{}")).Json.GetProperty("behaviour").GetProperty("answers").GetString()
            .Should().Be("2s");
    }

    [Fact]
    public async Task The_person_on_the_far_end_presses_speaks_and_hangs_up()
    {
        var sid = (await _host.AskAsync("POST", $"handsets/{Phone}/calls", $$"""{"to":"{{Number}}","script":[]}""")).Json.GetProperty(
            "call_sid").GetString();
        (await _host.AskAsync("GET", $"handsets/{Phone}")).Json.GetProperty("calls")[0].GetProperty("call_sid").GetString()
            .Should().Be(sid);
        (await _host.AskAsync("POST", $"calls/{sid}/digits", """{"digits":"1#"}""")).Status.Should().Be(200);
        await _host.AskAsync("POST", "clock/advance", """{"by":"2s"}""");
        (await _host.AskAsync("POST", $"calls/{sid}/speech", $$"""{"text":"sales please","handset":"{{Phone}}"}""")).Status
            .Should().Be(200);
        await _host.AskAsync("POST", "clock/advance", """{"by":"5s"}""");
        (await _host.AskAsync("POST", $"calls/{sid}/answer")).Status.Should().Be(409, "it does not ring");
        (await _host.AskAsync("POST", $"calls/{sid}/hangup")).Status.Should().Be(200);
        (await _host.AskAsync("POST", $"calls/{sid}/hangup")).Status.Should().Be(409, "the phone has left the call");
        var lines = (await _host.AskAsync("GET", $"calls/{sid}/transcript")).Json.GetProperty("lines").EnumerateArray();
        lines.Select(l => $"{l.GetProperty("what")}: {l.GetProperty("words")}")
            .Should().Equal("pressed: 1", "pressed: #", "said: sales please");
    }

    [Fact]
    public async Task Every_deed_is_done_by_its_word()
    {
        var sid = (await _host.AskAsync("POST", $"handsets/{Phone}/calls", $$"""{"to":"{{Number}}","script":[]}""")).Json.GetProperty(
            "call_sid").GetString();
        (await _host.AskAsync("POST", $"calls/{sid}/act", """{"presses":"1#"}""")).Status.Should().Be(200);
        await _host.AskAsync("POST", "clock/advance", """{"by":"2s"}""");
        (await _host.AskAsync("POST", $"calls/{sid}/act", $$"""{"says":"sales please","handset":"{{Phone}}"}""")).Status.Should().Be(200);
        await _host.AskAsync("POST", "clock/advance", """{"by":"5s"}""");
        (await _host.AskAsync("POST", $"calls/{sid}/act", """{"answers":true}""")).Status.Should().Be(409, "it does not ring");
        (await _host.AskAsync("POST", $"calls/{sid}/act", """{"hangs_up":true}""")).Status.Should().Be(200);
        (await _host.AskAsync("POST", $"calls/{sid}/act", """{"hangs_up":true}""")).Status.Should().Be(409, "the phone has left the call");
        var lines = (await _host.AskAsync("GET", $"calls/{sid}/transcript")).Json.GetProperty("lines").EnumerateArray();
        lines.Select(l => $"{l.GetProperty("what")}: {l.GetProperty("words")}")
            .Should().Equal("pressed: 1", "pressed: #", "said: sales please");
    }

    [Theory]
    [InlineData("{}", "say what is done: one of answers, presses, says, plays, holds, resumes, transfers, hangs_up")]
    [InlineData("""{"says":"a","presses":"1"}""", "one thing is done at a time, not 2 (presses, says)")]
    [InlineData("""{"says":""}""", "must not be empty")]
    [InlineData("""{"presses":"x"}""", "holds more than keys")]
    [InlineData("""{"hangs_up":false}""", "must be true")]
    [InlineData("""{"syas":"a"}""", "did you mean \"says\"?")]
    [InlineData("""{"hears":"a"}""", "unknown key \"hears\"")]
    public async Task What_is_no_deed_is_a_bad_request_that_says_why(string body, string why)
    {
        var sid = (await _host.AskAsync("POST", $"handsets/{Phone}/calls", $$"""{"to":"{{Number}}","script":[]}""")).Json.GetProperty(
            "call_sid").GetString();
        var (status, json) = await _host.AskAsync("POST", $"calls/{sid}/act", body);
        status.Should().Be(400);
        System.Text.RegularExpressions.Regex.Unescape(json.GetRawText()).Should().Contain(why);
    }

    [Fact]
    public async Task The_clock_is_looked_at_moved_and_switched()
    {
        (await _host.AskAsync("GET", "clock")).Json.GetProperty("now").GetString().Should().Be("2026-01-05T09:00:00Z");
        (await _host.AskAsync("POST", "clock/advance", """{"by":"1h"}""")).Json.GetProperty("now").GetString()
            .Should().Be("2026-01-05T10:00:00Z");
        (await _host.AskAsync("PUT", "clock", """{"mode":"x10"}""")).Json.GetProperty("mode").GetString().Should().Be("x10");
        var (status, json) = await _host.AskAsync("POST", "clock/advance", """{"by":"1h"}""");
        (status, json.GetProperty("detail").GetString())
            .Should().Be((409, "the clock runs by itself (mode x10); only auto and manual can be advanced"));
    }

    [Fact]
    public async Task An_account_is_opened_once()
    {
        const string Asked = """{"sid":"AC000000000000000000000000000000aa","auth_token":"t","friendly_name":"one test"}""";
        (await _host.AskAsync("POST", "accounts", Asked)).Json.GetRawText()
            .Should().Be("""{"sid":"AC000000000000000000000000000000aa","auth_token":"t","friendly_name":"one test"}""");
        (await _host.AskAsync("POST", "accounts", Asked)).Status.Should().Be(409);
        (await _host.AskAsync("POST", "accounts")).Status.Should().Be(201);
        (await _host.AskAsync("GET", "accounts?limit=1")).Json.GetProperty("accounts").GetArrayLength().Should().Be(1);
        (await _host.AskAsync("GET", "accounts")).Json.GetProperty("accounts").EnumerateArray()
            .Select(a => a.GetProperty("sid").GetString())
            .Should().HaveCount(2).And.Contain("AC000000000000000000000000000000aa");
    }

    [Fact]
    public async Task A_reset_brings_back_the_start()
    {
        await _host.AskAsync("POST", $"handsets/{Phone}/messages", $$"""{"to":"{{Number}}","body":"hi"}""");
        await _host.AskAsync("POST", "clock/advance", """{"by":"1h"}""");
        (await _host.AskAsync("POST", "reset")).Status.Should().Be(200);
        (await _host.AskAsync("GET", "clock")).Json.GetProperty("now").GetString().Should().Be("2026-01-05T09:00:00Z");
        (await _host.AskAsync("GET", "journal")).Json.GetProperty("last_seq").GetInt64().Should().Be(0);
    }

    [Fact]
    public async Task The_journal_is_read_page_by_page_and_filtered()
    {
        await WriteAsync(5);
        var page = (await _host.AskAsync("GET", "journal?after=1&limit=2")).Json;
        page.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("seq").GetInt64()).Should().Equal(2, 3);
        page.GetProperty("next_after").GetInt64().Should().Be(3);
        (await _host.AskAsync("GET", "journal?kind=odd.*&subject=s3")).Json.GetProperty("entries").GetArrayLength().Should().Be(1);
        (await _host.AskAsync("GET", "journal?account=AC9")).Json.GetProperty("entries").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task Metrics_count_entries_turns_and_timers()
    {
        await WriteAsync(3);
        var text = await _host.Client.GetStringAsync("metrics");
        text
            .Should().Contain("twilioemu_journal_entries_total 3\n")
            .And.Contain("# TYPE twilioemu_clock_timers gauge\n")
            .And.Contain("twilioemu_clock_seconds 1767603600\n");
    }

    [Fact]
    public async Task Metrics_have_one_label_for_the_tables_of_all_parents()
    {
        await _host.InsideAsync(() =>
        {
            foreach (var parent in (string[])["ISaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "ISbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"])
            {
                var table = TwilioEmu.Rest.Resources.Document.TableOf($"sync_v1/Services/{parent}/Maps");
                _host.Inside.World.Store.Table(table, AccountSid.None);
            }
            return true;
        });
        var text = await _host.Client.GetStringAsync("metrics");
        text.Should().Contain("twilioemu_store_records{table=\"sync_v1/Services/*/Maps\"} 0\n").And.NotContain("ISaaaa");
    }

    [Fact]
    public async Task A_number_in_the_query_whose_plus_was_not_escaped_is_that_number()
    {
        await _host.AskAsync("POST", "handsets/+14155550199/messages", """{"to":"+14155550100","body":"hi"}""");
        var (status, json) = await _host.AskAsync("GET", "journal?subject=+14155550199", null);
        status.Should().Be(200);
        json.GetProperty("entries").GetArrayLength().Should().BePositive();
    }

    [Theory]
    [InlineData("GET", "nothing", null, 404, "the control API has no /_emu/v1/nothing")]
    [InlineData("DELETE", "clock", null, 405, "/_emu/v1/clock takes GET, PUT, not DELETE")]
    [InlineData("PUT", "clock", "{}", 400, "the document lacks \"mode\"")]
    [InlineData(
        "PUT", "clock", "{\"mode\":\"fast\"}", 400,
        "\"fast\" is not a clock: real, xN (such as x10), auto or manual (did you mean \"auto\"?)")]
    [InlineData(
        "POST", "handsets/+14155550199/texts", "{}", 404,
        "the control API has no /_emu/v1/handsets/+14155550199/texts (there are GET /handsets, ")]
    [InlineData("POST", "handset/+14155550199/messages", "{}", 404, "(did you mean \"handsets\"?)")]
    [InlineData("POST", "accounts", "{\"name\":\"x\"}", 400, "unknown key \"name\" in the document (did you mean \"friendly_name\"?)")]
    [InlineData("PUT", "clock", "{\"mode\":\"auto\",\"sped\":1}", 400, "unknown key \"sped\"")]
    [InlineData("POST", "clock/advance", "{\"by\":\"-1s\"}", 400, "by: \"-1s\" is not a duration")]
    [InlineData("POST", "clock/advance", "nonsense", 400, "the body is not JSON")]
    [InlineData("POST", "accounts", "{\"sid\":\"x\"}", 400, "\"x\" is not an account SID")]
    [InlineData("GET", "handsets/555", null, 400, "\"555\" is not a phone number")]
    [InlineData("GET", "handsets/+14155550100", null, 409, "it is no handset")]
    [InlineData("POST", "handsets/+14155550199/messages", "{\"body\":\"hi\"}", 400, "lacks \"to\"")]
    [InlineData("POST", "handsets/+14155550199/messages", "{\"to\":\"+14155550100\"}", 400, "a text has a body or media_urls")]
    [InlineData(
        "POST", "handsets/+14155550199/calls", "{\"to\":\"+14155550100\",\"script\":[{\"hops\":1}]}", 400,
        "unknown key \"hops\" in script[0]")]
    [InlineData(
        "POST", "handsets/+14155550199/calls", "{\"to\":\"+14155550188\"}", 501,
        "a call from phone to phone: nobody in this world owns +14155550188; it has +14155550100: buy +14155550188 by the API, "
            + "or add it under numbers:")]
    [InlineData("POST", "calls/CA1/digits", "{\"digits\":\"1\"}", 404, "the journal knows no call \"CA1\"")]
    [InlineData("POST", "calls/CA1/digits", "{\"digits\":\"x\"}", 400, "holds more than keys")]
    [InlineData("GET", "calls/CA1/transcript", null, 404, "the journal knows no call")]
    [InlineData("POST", "calls/CA1/audio", "", 415, "cannot be played")]
    [InlineData("GET", "journal?limit=0", null, 400, "limit must be a whole number from 1 to 1000")]
    [InlineData("GET", "journal?knid=x", null, 400, "unknown query parameter \"knid\"")]
    [InlineData("GET", "journal?kind=a*b", null, 400, "a star stands only at the end")]
    [InlineData(
        "GET", "journal?kind=message.recieved", null, 400,
        "no entry is of the kind \"message.recieved\" (did you mean \"message.received\"?)")]
    [InlineData(
        "GET", "webhooks?purpose=status_callback", null, 400,
        "the app is asked for no such purpose as \"status_callback\" (did you mean \"status-callback\"?)")]
    [InlineData(
        "PUT", "breakpoint", "{\"hold\":\"next\",\"purpose\":\"smss\"}", 400,
        "the app is asked for no such purpose as \"smss\" (did you mean \"sms\"?)")]
    [InlineData("GET", "webhooks/one", null, 400, "the id of a webhook is a number")]
    [InlineData("POST", "expect", "{}", 400, "lacks \"match\"")]
    [InlineData("POST", "expect", "{\"match\":{}}", 400, "asks for nothing")]
    [InlineData("POST", "expect", "{\"match\":{\"kind\":\"x\"},\"count\":10001}", 400, "at most 10000 entries")]
    [InlineData("GET", "conditions", null, 501, "fault rules")]
    [InlineData("POST", "snapshots", "{\"name\":\"a b\"}", 400, "no name of a snapshot")]
    [InlineData("POST", "snapshots", "{\"name\":\"full\"}", 409, "snapshots are kept, which is as many as may be")]
    [InlineData("POST", "snapshots/none/restore", "", 404, "no snapshot is called none")]
    public async Task What_is_wrong_is_a_problem_that_says_so(string method, string path, string? body, int wanted, string detail)
    {
        var (status, json) = await _host.AskAsync(method, path, body);
        (status, json.GetProperty("status").GetInt32()).Should().Be((wanted, wanted));
        json.GetProperty("detail").GetString().Should().Contain(detail);
    }

    [Fact]
    public async Task A_kept_world_is_listed_and_brought_back()
    {
        var (status, kept) = await _host.AskAsync("POST", "snapshots", """{"name":"set-up"}""");
        (status, kept.GetProperty("id").GetString(), kept.GetProperty("records").GetInt32()).Should().Be((201, "set-up", 3));
        var (_, list) = await _host.AskAsync("GET", "snapshots", null);
        list.GetProperty("snapshots").EnumerateArray().Should().Contain(s => s.GetProperty("id").GetString() == "set-up");
        var (restored, world) = await _host.AskAsync("POST", "snapshots/set-up/restore", "");
        (restored, world.GetProperty("id").GetString()).Should().Be((200, "set-up"));
        world.GetProperty("lost").EnumerateArray().Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_problem_names_the_field()
    {
        var (_, json) = await _host.AskAsync("PUT", $"handsets/{Phone}", """{"script":[{"wait":"1s"},{"presses":5}]}""");
        json.GetProperty("errors")[0].GetProperty("field").GetString().Should().Be("script[1].presses");
    }

    [Theory]
    [InlineData("ca.pem")]
    [InlineData("ca-bundle.pem")]
    public async Task The_root_to_trust_is_handed_out_as_pem(string file)
    {
        using var answer = await _host.Client.GetAsync(new Uri(file, UriKind.Relative));
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/pem-certificate-chain");
        (await answer.Content.ReadAsStringAsync()).Should().EndWith(_host.CaPem);
    }

    [Fact]
    public async Task A_body_beyond_the_bound_is_refused()
    {
        var (status, _) = await _host.AskAsync("PUT", "clock", new string(' ', 1024 * 1024 + 1));
        status.Should().Be(413);
    }

    [Fact]
    public async Task An_advance_runs_all_that_falls_due_in_auto_too()
    {
        await using var host = await ControlHost.StartAsync(new ClockMode.Auto());
        await host.AskAsync("POST", $"handsets/{Phone}/messages", $$"""{"to":"{{Number}}","body":"hi"}""");
        await host.AskAsync("POST", "clock/advance", """{"by":"10s"}""");
        (await host.AskAsync("GET", $"handsets/{Phone}")).Json.GetProperty("received").GetArrayLength().Should().Be(1);
    }

    private Task WriteAsync(int count) => _host.InsideAsync(() =>
    {
        for (var i = 1; i <= count; i++)
        {
            _host.Inside.World.Journal.Write(AccountSid.None, new EntryKind(i % 2 == 1 ? "odd.one" : "even.one", "a test's"), $"s{i}", 0);
        }
        return true;
    });
}
