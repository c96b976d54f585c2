using System.Text.Json;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Testing.Rest;
using TwilioEmu.Webhooks.Alerts;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Products.Tests.Monitor;

public sealed class AlertTests : IAsyncDisposable
{
    private readonly MessagingHouse _house = new(smsUrl: "http://app/sms", world: House.UsualWorld with { MaxJournalEntries = 2_000 });

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    private Task<RestAnswer> MonitorAsync(string path) => _house.Rest.SendAsync("GET", path, null, null, host: "monitor.twilio.com");

    private async Task<List<JsonElement>> AlertsAsync(string query = "") =>
        [.. (await MonitorAsync("/v1/Alerts" + query)).Json.GetProperty("alerts").EnumerateArray()];

    private async Task FailAsync(string body = "hi")
    {
        _house.App.On("/sms", new AppAnswer(500, "text/plain", "sorry"));
        _house.TextIn(body);
        await _house.AdvanceAsync(60);
    }

    [Fact]
    public async Task A_webhook_that_fails_is_an_alert_with_what_was_sent_and_answered()
    {
        await FailAsync("help me");
        var listed = (await AlertsAsync()).Single();
        listed.TryGetProperty("request_variables", out _).Should().BeFalse("lists leave out what may be long");
        var alert = await MonitorAsync($"/v1/Alerts/{listed.GetProperty("sid")}");
        alert.Status.Should().Be(200);
        (alert["error_code"], alert["log_level"], alert["request_method"], alert["request_url"])
            .Should().Be(("11200", "error", "POST", "http://app/sms"));
        alert["resource_sid"].Should().StartWith("SM");
        alert["request_variables"].Should().Contain("Body=help+me");
        (alert["response_body"], alert["more_info"]).Should().Be(("sorry", "https://www.twilio.com/docs/errors/11200"));
        alert["alert_text"].Should().Be(
            "sourceComponent=14100&httpResponse=500&url=http%3A%2F%2Fapp%2Fsms&ErrorCode=11200&LogLevel=ERROR&"
                + "Msg=Internal+Server+Error&EmailNotification=false");
        alert["url"].Should().Be($"https://monitor.twilio.com/v1/Alerts/{alert["sid"]}");
        alert["date_created"].Should().Be("2026-01-05T09:00:00Z");
        SidMint.IsSid(alert["sid"], "NO").Should().BeTrue();
    }

    [Fact]
    public async Task A_quiet_account_s_alerts_are_listed_though_a_loud_one_s_entries_were_trimmed_between_them()
    {
        var world = _house.Rest.World;
        await FailAsync("first");
        _house.Do(
            () =>
            {
                for (var i = 0; i < 3_000; i++) world.Journal.Warn(
                new AccountSid("AC" + new string('9', 32)), "loud", 0, $"warning {i}");
            });
        await FailAsync("second");
        world.Journal.TrimmedBefore(new AccountSid("AC" + new string('9', 32))).Should().BeGreaterThan(1);
        (await AlertsAsync()).Should().HaveCount(2);
    }

    [Fact]
    public async Task A_fault_in_a_document_leads_to_the_document()
    {
        _house.App.On("/sms", FakeApp.Twiml("<Response><Say>hi</Say></Response>"));
        _house.TextIn("hi");
        await _house.AdvanceAsync(60);
        var sid = (await AlertsAsync()).Single().GetProperty("sid");
        var alert = await MonitorAsync($"/v1/Alerts/{sid}");
        (alert["error_code"], alert["log_level"], alert["request_url"]).Should().Be(("12200", "warning", "http://app/sms"));
        alert["response_body"].Should().Contain("<Say>");
    }

    [Theory]
    [InlineData("<?xml version='1.0'?>\n<Response><Message>", "Msg=&parserMessage=Error+on+line+2+of+document+%3A+")]
    [InlineData("<Response>\n<Nonsense/></Response>", "Msg=XML+Validation+warning&line=2&cols=2&parserMessage=cvc-complex-type.2.4.a%3A+")]
    [InlineData("<Response><Message to='nobody'>x</Message></Response>", "sourceComponent=14100&ErrorCode=14101&LogLevel=WARN&Msg=")]
    public async Task The_text_of_an_alert_is_the_pairs_of_its_code(string document, string begins)
    {
        _house.App.On("/sms", FakeApp.Twiml(document));
        _house.TextIn("hi");
        await _house.AdvanceAsync(60);
        (await AlertsAsync()).Single().GetProperty("alert_text").GetString().Should().StartWith(begins);
    }

    [Fact]
    public async Task A_refused_request_to_the_api_is_an_alert_too()
    {
        await _house.PostAsync("");
        var alert = (await AlertsAsync()).Single();
        alert.GetProperty("error_code").GetString().Should().Be("21619");
        alert.GetProperty("request_url").GetString()
            .Should().Be($"https://api.twilio.com/2010-04-01/Accounts/{RestWorld.Account}/Messages.json");
    }

    [Theory]
    [InlineData("", 3)]
    [InlineData("?LogLevel=error", 2)]
    [InlineData("?LogLevel=warning", 1)]
    [InlineData("?LogLevel=debug", 0)]
    [InlineData("?StartDate=2026-01-06", 2)]
    [InlineData("?EndDate=2026-01-05", 1)]
    [InlineData("?StartDate=2026", 3)]
    [InlineData("?StartDate=2026-02", 0)]
    [InlineData("?StartDate=2026-01-05T09:00:00Z&EndDate=2026-01-05T09:00:00Z", 1)]
    public async Task Alerts_are_narrowed_by_level_and_date(string query, int count)
    {
        await RaiseAsync(11200, AlertLevel.Error);
        await _house.Rest.World.Clock.AdvanceAsync(TimeSpan.FromDays(2));
        await RaiseAsync(12200, AlertLevel.Warning);
        await RaiseAsync(12100, AlertLevel.Error);
        (await AlertsAsync(query)).Should().HaveCount(count);
    }

    [Fact]
    public async Task The_newest_comes_first_and_pages_go_on()
    {
        for (var i = 0; i < 5; i++) await RaiseAsync(11200 + i, AlertLevel.Error);
        var codes = new List<string>();
        for (var path = "/v1/Alerts?PageSize=2"; path is not null;)
        {
            var page = (await MonitorAsync(path)).Json;
            codes.AddRange(page.GetProperty("alerts").EnumerateArray().Select(a => a.GetProperty("error_code").GetString()!));
            path = page.GetProperty("meta").GetProperty("next_page_url").GetString() is { } next ? new Uri(next).PathAndQuery : null;
        }
        codes.Should().Equal("11204", "11203", "11202", "11201", "11200");
    }

    [Fact]
    public async Task After_thirty_days_an_alert_is_gone()
    {
        await RaiseAsync(11200, AlertLevel.Error);
        var sid = (await AlertsAsync()).Single().GetProperty("sid");
        await _house.Rest.World.Clock.AdvanceAsync(TimeSpan.FromDays(31));
        (await AlertsAsync()).Should().BeEmpty();
        (await MonitorAsync($"/v1/Alerts/{sid}")).Code.Should().Be(20404);
    }

    [Fact]
    public async Task An_alert_of_another_account_is_not_found()
    {
        await RaiseAsync(11200, AlertLevel.Error);
        var sid = (await AlertsAsync()).Single().GetProperty("sid");
        TwilioEmu.Accounts.Directory.Account? other = null;
        _house.Do(() => other = _house.Rest.Accounts.Create(new TwilioEmu.Accounts.Directory.AccountSpec()));
        (await _house.Rest.SendAsync("GET", $"/v1/Alerts/{sid}", null, null, other!.Sid.Value, other.AuthToken, "monitor.twilio.com")).Code
            .Should().Be(20404);
    }

    [Theory]
    [InlineData("?LogLevel=loud")]
    [InlineData("?StartDate=yesterday")]
    public async Task A_bad_filter_is_refused(string query) => (await MonitorAsync("/v1/Alerts" + query)).Code.Should().Be(20001);

    [Fact]
    public async Task Notifications_are_the_same_alerts_in_the_older_spelling()
    {
        const string call = "CA00000000000000000000000000000001";
        await RaiseAsync(12200, AlertLevel.Warning, call);
        await FailAsync();
        var all = (await _house.Rest.GetAsync("Notifications.json")).Json.GetProperty("notifications").EnumerateArray().ToList();
        all.Select(n => n.GetProperty("error_code").GetString()).Should().Equal("11200", "12200");
        (await _house.Rest.GetAsync("Notifications.json?Log=1")).Json.GetProperty("notifications").GetArrayLength().Should().Be(1);
        (await _house.Rest.GetAsync("Notifications.json?MessageDate=2026-01-06")).Json.GetProperty("notifications").GetArrayLength()
            .Should().Be(0);
        (await _house.Rest.GetAsync("Notifications.json?MessageDate%3E=2026-01-05&MessageDate%3C=2026-01-06")).Json
            .GetProperty("notifications").GetArrayLength()
            .Should().Be(2);
        (await _house.Rest.GetAsync("Notifications.json?MessageDate%3C=2026-01-05")).Json.GetProperty("notifications").GetArrayLength()
            .Should().Be(0, "a bare date is its midnight");
        (await _house.Rest.GetAsync("Notifications.json?MessageDate=2026-01-05T00:00:00Z")).Json.GetProperty("notifications")
            .GetArrayLength()
            .Should().Be(2, "a midnight is its day");
        (await _house.Rest.GetAsync("Notifications.json?MessageDate%3E=2026-01")).Json.GetProperty("notifications").GetArrayLength()
            .Should().Be(2, "a month is its first midnight");
        (await _house.Rest.GetAsync("Notifications.json?MessageDate=%3E%3D2026-01-05")).Code.Should().Be(20001);
        (await _house.Rest.GetAsync("Notifications.json?Log=2")).Code.Should().Be(20001);

        var ofCall =
            (await _house.Rest.GetAsync($"Calls/{call}/Notifications.json")).Json.GetProperty("notifications").EnumerateArray().Single();
        (ofCall.GetProperty("call_sid").GetString(), ofCall.GetProperty("log").GetString()).Should().Be((call, "1"));
        var uri = ofCall.GetProperty("uri").GetString()!;
        uri.Should().Contain($"/Calls/{call}/Notifications/NO");
        (await _house.Rest.GetAsync(uri))["error_code"].Should().Be("12200");

        var webhook = await _house.Rest.GetAsync(all[0].GetProperty("uri").GetString()!);
        (webhook["log"], webhook["call_sid"], webhook["response_body"], webhook["message_date"])
            .Should().Be(("0", null, "sorry", "Mon, 05 Jan 2026 09:00:00 +0000"));
        (await _house.Rest.GetAsync($"Calls/{call}/Notifications/{webhook["sid"]}.json")).Code.Should().Be(20404, "it is of no call");
    }

    private Task RaiseAsync(int code, AlertLevel level, string subject = "") => _house.Rest.World.Loop.RunAsync(
        () =>
        {
            new Alert { Code = code, Level = level, Message = "so it is" }.Raise(
            _house.Rest.World.Journal, new AccountSid(RestWorld.Account), subject, 0);
        },
        default);
}
