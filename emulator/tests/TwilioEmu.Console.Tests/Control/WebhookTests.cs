using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Console.Tests.Control;

/// <summary>What the control API tells of requests to apps.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private ControlHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ControlHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Webhooks_are_told_with_what_came_of_them()
    {
        await _host.InsideAsync(() =>
        {
            var journal = _host.Inside.World.Journal;
            var first = journal.Write(
                new AccountSid("AC1"), new("webhook.sent", "a test's"), "SM1", 0, ("purpose", "sms"), ("method", "POST"),
                ("url", "http://app/sms"), ("signature", "x="));
            journal.Write(
                new AccountSid("AC1"), new("webhook.sent", "a test's"), "SM2", 0, ("purpose", "sms"), ("method", "GET"),
                ("url", "http://app/2"));
            journal.Write(
                new AccountSid("AC1"), new("webhook.answered", "a test's"), "SM1", first.Seq, ("status", 200), ("error_code", 0),
                ("body", "<Response/>"));
            return journal.Write(
                new AccountSid("AC1"), new("webhook.failed", "a test's"), "SM3", 0, ("purpose", "sms"), ("url", "nowhere"),
                ("error_code", 11100));
        });
        var list = (await _host.AskAsync("GET", "webhooks")).Json.GetProperty("webhooks");
        list.EnumerateArray().Select(w => $"{w.GetProperty("id")} {w.GetProperty("outcome")}")
            .Should().Equal("1 answered", "2 in-flight", "4 failed");
        list[0].GetProperty("answer").TryGetProperty("body", out _).Should().BeFalse("a list is short");
        var one = (await _host.AskAsync("GET", "webhooks/1")).Json;
        one.GetProperty("request").GetProperty("signature").GetString().Should().Be("x=");
        one.GetProperty("answer").GetProperty("body").GetString().Should().Be("<Response/>");
        var (status, again) = await _host.AskAsync("POST", "webhooks/1/replay");
        (status, again.GetProperty("id").GetInt64(), again.GetProperty("cause").GetInt64(), again.GetProperty("outcome").GetString())
            .Should().Be((201, 5L, 1L, "answered"));
        (await _host.AskAsync("GET", "webhooks/99")).Status.Should().Be(404);
        (await _host.AskAsync("POST", "webhooks/99/replay")).Status.Should().Be(404);
    }

    [Theory]
    [InlineData("sms", 200, "text/xml", 0, "twiml")]
    [InlineData("sms", 200, "text/html", 12100, "not_twiml")]
    [InlineData("sms", 200, "text/xml", 12101, "broken")]
    [InlineData("sms", 200, "text/plain", 0, "text")]
    [InlineData("sms", 500, "text/plain", 11200, "refused")]
    [InlineData("status-callback", 204, null, 0, "acknowledged")]
    public async Task A_webhook_says_whether_its_answer_was_TwiML_broken_or_something_else(
        string purpose, int status, string? contentType, int code, string verdict)
    {
        await _host.InsideAsync(() =>
        {
            var journal = _host.Inside.World.Journal;
            var sent = journal.Write(
                new AccountSid("AC1"), new("webhook.sent", "a test's"), "SM1", 0, ("purpose", purpose), ("url", "http://app/sms"));
            var answered = journal.Write(
                new AccountSid("AC1"), new("webhook.answered", "a test's"), "SM1", sent.Seq, ("status", status),
                ("content_type", contentType), ("body_bytes", 5));
            return code == 0
                ? answered
                : journal.Write(
                    new AccountSid("AC1"), new("alert", "a test's"), "SM1", answered.Seq, ("code", code),
                    ("message", "the app answered an HTML page"));
        });
        (await _host.AskAsync("GET", "webhooks/1")).Json.GetProperty("verdict").GetString().Should().Be(verdict);
    }

    [Theory]
    [InlineData("url=http://app/sms", "1")]
    [InlineData("url=http://app/*", "1 2")]
    [InlineData("purpose=status-callback", "2")]
    [InlineData("outcome=failed", "5")]
    [InlineData("outcome=in-flight&limit=1", "2")]
    [InlineData("outcome=answered&purpose=voice", "")]
    public async Task Webhooks_are_filtered_by_url_purpose_and_outcome(string query, string ids)
    {
        await _host.InsideAsync(() =>
        {
            var journal = _host.Inside.World.Journal;
            var first = journal.Write(
                new AccountSid("AC1"), new("webhook.sent", "a test's"), "SM1", 0, ("purpose", "sms"), ("url", "http://app/sms"));
            journal.Write(
                new AccountSid("AC1"), new("webhook.sent", "a test's"), "SM2", 0, ("purpose", "status-callback"), ("url", "http://app/2"));
            var answered = journal.Write(
                new AccountSid("AC1"), new("webhook.answered", "a test's"), "SM1", first.Seq, ("status", 200),
                ("content_type", "text/html"), ("body_bytes", 5));
            journal.Write(
                new AccountSid("AC1"), new("alert", "a test's"), "SM1", answered.Seq, ("code", 12100),
                ("message", "the app answered an HTML page"));
            return journal.Write(
                new AccountSid("AC1"), new("webhook.failed", "a test's"), "SM3", 0, ("purpose", "sms"), ("url", "nowhere"),
                ("error_code", 11100));
        });
        var list = (await _host.AskAsync("GET", "webhooks?" + query)).Json.GetProperty("webhooks");
        string.Join(' ', list.EnumerateArray().Select(w => w.GetProperty("id"))).Should().Be(ids);
        (await _host.AskAsync("GET", "webhooks?outcome=lost")).Status.Should().Be(400);
        var one = (await _host.AskAsync("GET", "webhooks/1")).Json;
        (one.GetProperty("verdict").GetString(), one.GetProperty("alerts").GetArrayLength()).Should().Be(("not_twiml", 1));
        (await _host.AskAsync("GET", "webhooks/5")).Json.GetProperty("verdict").GetString().Should().Be("none");
    }
}
