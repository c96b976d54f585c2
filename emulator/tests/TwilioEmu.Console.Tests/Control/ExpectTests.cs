using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Testing.Waiting;

namespace TwilioEmu.Console.Tests.Control;

public sealed class ExpectTests : IAsyncLifetime
{
    private ControlHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ControlHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Virtual_time_runs_just_so_far()
    {
        await TextAsync("hi");
        var (status, json) = await _host.AskAsync(
            "POST", "expect", """{"match":{"kind":"handset.received","data":{"body":{"contains":"echo"}}},"within":"1h"}""");
        (status, json.GetProperty("found").GetInt32()).Should().Be((200, 1));
        json.GetProperty("entries")[0].GetProperty("data").GetProperty("body").GetString().Should().Be("echo hi");
        (await _host.AskAsync("GET", "clock")).Json.GetProperty("now").GetString().Should().Be("2026-01-05T09:00:02Z");
    }

    [Fact]
    public async Task In_vain_the_nearest_misses_are_told()
    {
        await TextAsync("hi");
        var (status, json) = await _host.AskAsync(
            "POST", "expect",
            """{"match":{"kind":"handset.received","subject":"+14155550199","data":{"body":{"matches":"^sunny"}}},"count":2,"within":"5s"}""");
        status.Should().Be(408);
        json.GetProperty("detail").GetString().Should().Be("expected 2 within 5s, found 0");
        json.GetProperty("nearest")[0].GetProperty("entry").GetProperty("kind").GetString().Should().Be("handset.received");
        json.GetProperty("nearest")[0].GetProperty("because")[0].GetString()
            .Should().Be("data.body is \"echo hi\", which does not match \"/^sunny/\"");
        (await _host.AskAsync("GET", "clock")).Json.GetProperty("now").GetString().Should().Be("2026-01-05T09:00:05Z");
    }

    [Fact]
    public async Task In_vain_a_link_leads_to_what_is_to_blame_a_failed_webhook_before_the_nearest_miss()
    {
        (await SeeAsync()).Should().Be($"{_host.Url}_emu/ui/latest");
        await TextAsync("hi");
        await _host.AskAsync("POST", "clock/advance", """{"by":"5s"}""");
        (await SeeAsync()).Should().Be($"{_host.Url}_emu/ui/phones/%2B14155550199");
        var sent = await _host.InsideAsync(() =>
        {
            var journal = _host.Inside.World.Journal;
            var asked = journal.Write(AccountSid.None, new EntryKind("webhook.sent", "a test's"), "SM1", 0);
            var answered = journal.Write(AccountSid.None, new EntryKind("webhook.answered", "a test's"), "SM1", asked.Seq);
            journal.Write(AccountSid.None, new EntryKind("alert", "a test's"), "SM1", answered.Seq, ("level", "error"));
            return asked.Seq;
        });
        (await SeeAsync()).Should().Be($"{_host.Url}_emu/ui/webhooks/{sent}");
        _host.ServesUi = false;
        (await SeeAsync()).Should().BeNull();
    }

    [Theory]
    [InlineData("webhook.sent", false)]
    [InlineData("request", false)]
    [InlineData("request.refused", false)]
    [InlineData("handset.texted", true)]
    public async Task Where_the_app_was_not_heard_of_at_all_that_is_told(string kind, bool isTold)
    {
        await _host.InsideAsync(() => _host.Inside.World.Journal.Write(AccountSid.None, new EntryKind(kind, "a test's"), "/x", 0));
        var (_, json) = await _host.AskAsync("POST", "expect", """{"match":{"kind":"handset.received"},"within":"1s"}""");
        json.GetProperty("detail").GetString()!
            .Contains("; no request has come to the API, and no webhook has left: ", StringComparison.Ordinal).Should().Be(isTold);
    }

    private async Task<string?> SeeAsync()
    {
        var (status, json) = await _host.AskAsync(
            "POST", "expect", """{"match":{"kind":"handset.received","data":{"body":"sunny"}},"within":"1s"}""");
        status.Should().Be(408);
        return json.TryGetProperty("see", out var see) ? see.GetString() : null;
    }

    [Theory]
    [InlineData("\"count\":0,\"within\":\"1s\"", 200)]
    [InlineData("\"count\":0,\"within\":\"2s\"", 408)]
    [InlineData("\"exactly\":1,\"within\":\"9s\"", 200)]
    [InlineData("\"exactly\":2,\"within\":\"9s\"", 408)]
    [InlineData("\"within\":\"0s\"", 408)]
    [InlineData("\"after\":3,\"within\":\"9s\"", 408)]
    public async Task Counts_and_limits_are_kept(string limits, int wanted)
    {
        await TextAsync("hi");
        (await _host.AskAsync("POST", "expect", $$"""{"match":{"kind":"handset.received"},{{limits}}}""")).Status.Should().Be(wanted);
    }

    [Theory]
    [InlineData("", 200)]
    [InlineData(",\"strict\":true", 408)]
    [InlineData(",\"strict\":true,\"after\":100000", 408)]
    public async Task Troubles_nobody_asked_about_are_told_and_fail_the_strict(string strict, int wanted)
    {
        await TextAsync("hi");
        await _host.InsideAsync(() =>
            _host.Inside.World.Journal.Write(
                AccountSid.None, new("handset.script_failed", "a test's"), "+14155550199", 0, ("wanted", "welcome"), ("within", "30"),
                ("heard", "")));
        var (status, json) = await _host.AskAsync("POST", "expect", $$"""{"match":{"kind":"handset.received"},"within":"9s"{{strict}}}""");
        status.Should().Be(wanted);
        if (strict.Contains("after")) return;
        json.GetProperty("found").GetInt32().Should().Be(1);
        json.GetProperty("also")[0].GetProperty("told").GetString()
            .Should().Be("handset +14155550199 waited 30 s in vain to hear \"welcome\"; it heard nothing");
        json.GetProperty("also")[0].GetProperty("entry").GetProperty("kind").GetString().Should().Be("handset.script_failed");
    }

    [Fact]
    public async Task Troubles_of_another_account_are_not_told()
    {
        await TextAsync("hi");
        await _host.InsideAsync(() => _host.Inside.World.Journal.Write(
            new AccountSid("AC00000000000000000000000000000007"), new("not_emulated", "a test's"), "CA1", 0, ("what", "<Enqueue>")));
        var about =
            """{"match":{"kind":"not_emulated","account":"AC00000000000000000000000000000008"},"count":0,"within":"0s","strict":true}""";
        (await _host.AskAsync("POST", "expect", about)).Status.Should().Be(200);
        (await _host.AskAsync("POST", "expect", about.Replace("0008", "0007"))).Status.Should().Be(408);
    }

    [Fact]
    public async Task A_wait_ends_when_the_world_is_reset()
    {
        await _host.AskAsync("PUT", "clock", """{"mode":"real"}""");
        var waiting = _host.AskAsync("POST", "expect", """{"match":{"kind":"never"},"within":"1h"}""");
        // Its own limit is the world's only timer: once that is there, it waits.
        await Eventually.TrueAsync(async () => await _host.InsideAsync(() => _host.Inside.World.Clock.TimerCount) > 0);
        await _host.AskAsync("POST", "reset");
        var (status, json) = await waiting;
        (status, json.GetProperty("detail").GetString()).Should().Be((503, "the world was reset meanwhile; ask again"));
    }

    [Fact]
    public async Task Other_calls_are_answered_while_one_waits()
    {
        await _host.AskAsync("PUT", "clock", """{"mode":"real"}""");
        var waiting = _host.AskAsync("POST", "expect", """{"match":{"kind":"awaited"},"within":"1m"}""");
        (await _host.AskAsync("GET", "health")).Status.Should().Be(200);
        await _host.InsideAsync(() => _host.Inside.World.Journal.Write(AccountSid.None, new("awaited", "a test's"), "x", 0));
        (await waiting).Status.Should().Be(200);
    }

    private Task TextAsync(string body) =>
        _host.AskAsync("POST", $"handsets/{ControlHost.Phone}/messages", $$"""{"to":"{{ControlHost.Number}}","body":"{{body}}"}""");
}
