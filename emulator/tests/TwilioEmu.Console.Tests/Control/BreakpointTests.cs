using System.Text.Json;
using TwilioEmu.Console.Control;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Console.Tests.Control;

public sealed class BreakpointTests : IAsyncLifetime
{
    private ControlHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ControlHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("""{"hold":"next"}""", true, null, null)]
    [InlineData("""{"hold":"every","url":"http://app/*","purpose":"sms"}""", false, "http://app/*", "sms")]
    public async Task What_is_to_be_held_is_what_is_told(string body, bool isOnce, string? url, string? purpose)
    {
        (await _host.AskAsync("GET", "breakpoint")).Json.GetRawText()
            .Should().Be("""{"hold":"none","url":null,"purpose":null,"held":[7]}""");
        var (status, json) = await _host.AskAsync("PUT", "breakpoint", body);
        (status, json.GetProperty("hold").GetString()).Should().Be((200, isOnce ? "next" : "every"));
        _host.Inside.Breakpoint.Rule.Should().Be(new ControlBreakRule(url, purpose, isOnce));
        await _host.AskAsync("PUT", "breakpoint", """{"hold":"none"}""");
        _host.Inside.Breakpoint.Rule.Should().BeNull();
    }

    [Fact]
    public async Task A_purpose_that_no_webhook_has_is_refused_with_the_one_that_was_meant()
    {
        var (status, json) = await _host.AskAsync("PUT", "breakpoint", """{"hold":"next","purpose":"status_callback"}""");
        status.Should().Be(400);
        json.GetRawText().Should().Contain("did you mean");
        _host.Inside.Breakpoint.Rule.Should().BeNull();
        (await _host.AskAsync("GET", "webhooks?purpose=vioce")).Status.Should().Be(400);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"hold":"some"}""")]
    [InlineData("""{"hold":"next","url":""}""")]
    [InlineData("""{"hold":"next","from":"x"}""")]
    public async Task What_is_no_rule_is_refused(string body) => (await _host.AskAsync("PUT", "breakpoint", body)).Status.Should().Be(400);

    [Theory]
    [InlineData("{}", 200, "text/xml", "")]
    [InlineData("""{"status":503,"content_type":"text/plain","body":"no"}""", 503, "text/plain", "no")]
    public async Task A_held_webhook_is_answered_in_the_apps_place(string body, int status, string type, string text)
    {
        (await _host.AskAsync("POST", "webhooks/7/answer", body)).Status.Should().Be(200);
        _host.Inside.Given.Should().Be(new ControlHandAnswer(status, type, text));
    }

    [Theory, InlineData("""{"status":99}"""), InlineData("""{"status":600}"""), InlineData("""{"text":"x"}""")]
    public async Task What_is_no_answer_is_refused(string body) =>
        (await _host.AskAsync("POST", "webhooks/7/answer", body)).Status.Should().Be(400);

    [Fact]
    public async Task It_is_sent_on_and_what_is_not_held_is_told_from_what_is_not_there()
    {
        (await _host.AskAsync("POST", "webhooks/7/send", "{}")).Status.Should().Be(200);
        _host.Inside.Given.Should().BeNull();
        var sent = await _host.InsideAsync(
            () => _host.Inside.World.Journal.Write(AccountSid.None, new EntryKind("webhook.sent", "a test's"), "SM1", 0).Seq);
        (await _host.AskAsync("POST", $"webhooks/{sent}/send", "{}")).Status.Should().Be(409);
        (await _host.AskAsync("POST", "webhooks/999999/send", "{}")).Status.Should().Be(404);
        (await _host.AskAsync("POST", "webhooks/x/send", "{}")).Json.GetProperty("errors").ValueKind.Should().Be(JsonValueKind.Array);
    }
}
