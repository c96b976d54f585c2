using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Products.Tests.Monitor;

public sealed class AlarmTests : IAsyncDisposable
{
    private const string Body = """{"friendlyName":"Many errors","queryType":"LOG_LEVEL","query":"error","triggerValue":5,"timeWindow":"ONE_HOUR","email":["me@example.com"],"webhook":"http://app/alarm","description":"Too many","enabled":true}""";

    private readonly RestWorld _rest = new();

    public ValueTask DisposeAsync() => _rest.DisposeAsync();

    private Task<RestAnswer> SendAsync(string method, string path, string? body = null) =>
        _rest.SendAsync(method, path, body, body is null ? null : "application/json", host: "monitor.twilio.com");

    [Fact]
    public async Task An_alarm_is_made_shown_changed_switched_and_deleted()
    {
        var made = await SendAsync("POST", "/v2/Alarms", Body);
        made.Status.Should().Be(201);
        made.Json.EnumerateObject().Select(p => p.Name).Should().Equal("sid");
        var path = $"/v2/Alarms/{made["sid"]}";
        var shown = await SendAsync("GET", path);
        (shown["friendlyName"], shown["triggerValue"], shown["timeWindow"], shown["enabled"], shown["dateCreated"])
            .Should().Be(("Many errors", "5", "ONE_HOUR", "True", "2026-01-05T09:00:00Z"));
        shown.Json.GetProperty("email")[0].GetString().Should().Be("me@example.com");
        (await SendAsync("PUT", path + "/status", """{"enabled":false}""")).Status.Should().Be(204);
        (await SendAsync("GET", path))["enabled"].Should().Be("False");
        (await SendAsync("PUT", path, Body.Replace("Many errors", "Few errors", StringComparison.Ordinal)))["sid"].Should().Be(made["sid"]);
        (await SendAsync("GET", "/v2/Alarms")).Json.GetProperty("alarms")[0].GetProperty("friendlyName").GetString()
            .Should().Be("Few errors");
        (await SendAsync("DELETE", path)).Status.Should().Be(204);
        (await SendAsync("GET", path)).Code.Should().Be(20404);
        (await _rest.EntriesAsync("warning")).Should().NotBeEmpty("alarms never go off, which is said aloud");
    }

    [Fact]
    public async Task Two_alarms_have_not_the_same_name()
    {
        await SendAsync("POST", "/v2/Alarms", Body);
        (await SendAsync("POST", "/v2/Alarms", Body)).Status.Should().Be(409);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"friendlyName":"x","queryType":"MOOD","triggerValue":5,"timeWindow":"ONE_HOUR"}""")]
    [InlineData("""{"friendlyName":"x","queryType":"ALL","triggerValue":"five","timeWindow":"ONE_HOUR"}""")]
    public async Task A_bad_alarm_is_refused(string body) => (await SendAsync("POST", "/v2/Alarms", body)).Status.Should().Be(400);
}
