using System.Text.Json;
using TwilioEmu.Products.Events;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Products.Tests.Events;

/// <summary>A house with messaging and Event Streams, and an app whose <c>/events</c> is a sink.</summary>
internal sealed class StreamHouse : IAsyncDisposable
{
    public StreamHouse(int maxWaiting = 20_000)
    {
        House.Rest.Attach(new EventsProduct(House.Messaging) { MaxWaiting = maxWaiting });
        House.App.On("/sms", FakeApp.Empty).On("/events", FakeApp.Empty);
    }

    public MessagingHouse House { get; } = new("http://app/sms");

    public ValueTask DisposeAsync() => House.DisposeAsync();

    public async Task<string> SinkAsync(string configuration = """{"destination":"http://app/events"}""", string type = "webhook")
    {
        var made = await PostAsync("/v1/Sinks", "Description", "mine", "SinkType", type, "SinkConfiguration", configuration);
        made.Status.Should().Be(201, made.Body);
        return made["sid"]!;
    }

    public Task<string> SubscribeAsync(string sink, params string[] types) =>
        SubscribeWithAsync(sink, [.. types.Select(t => $$"""{"type":"{{t}}"}""")]);

    public async Task<string> SubscribeWithAsync(string sink, params string[] types)
    {
        var made = await PostAsync(
            "/v1/Subscriptions", ["Description", "mine", "SinkSid", sink, .. types.SelectMany(t => new[] { "Types", t })]);
        made.Status.Should().Be(201, made.Body);
        return made["sid"]!;
    }

    /// <summary>The requests to sinks, as the journal has them.</summary>
    public async Task<List<JsonElement>> SentAsync() =>
    [
        .. (await House.Rest.EntriesAsync("webhook.sent")).Select(MessagingHouse.Data)
            .Where(d => d.GetProperty("purpose").GetString() == "event-callback"),
    ];

    /// <summary>What sinks got, each a document.</summary>
    public async Task<List<JsonElement>> ToldAsync() =>
    [
        .. (await SentAsync()).Select(d => JsonElement.Parse(d.GetProperty("body").GetString()!)),
    ];

    public Task<RestAnswer> PostAsync(string path, params string[] pairs) => House.Rest.SendAsync(
        "POST", path, string.Join('&', pairs.Chunk(2).Select(p => $"{p[0]}={Uri.EscapeDataString(p[1])}")),
        "application/x-www-form-urlencoded", host: "events.twilio.com");

    public Task<RestAnswer> GetAsync(string path) => House.Rest.SendAsync("GET", path, null, null, host: "events.twilio.com");

    public Task<RestAnswer> DeleteAsync(string path) => House.Rest.SendAsync("DELETE", path, null, null, host: "events.twilio.com");
}
