using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Products.Tests.Conversations;

/// <summary>Asks the conversations API of a world.</summary>
internal sealed class Talk : IAsyncDisposable
{
    public const string Number = "+14155550100";

    public Talk()
    {
        Rest.World.Loop.RunAsync(
            () =>
                Rest.Numbers.Add(
                    AccountBook.DefaultSid,
                    new PhoneNumberSpec
                    {
                        Number = Number,
                        MessagesPerSecond = 100,
                        Parameters = new Dictionary<string, string> { ["SmsUrl"] = "http://app/sms" },
                    }),
            CancellationToken.None).GetAwaiter().GetResult();
        Rest.Attach(Rest.Messaging);
        Rest.App.On("/sms", FakeApp.Empty);
    }

    /// <summary>A phone texts the number.</summary>
    public Task TextAsync(string phone, string body) =>
        Rest.World.Loop.RunAsync(() => Rest.Handsets.Text(phone, Number, body, []), CancellationToken.None);

    /// <summary>What a phone has received: from and body.</summary>
    public async Task<List<string>> ReceivedAsync(string phone)
    {
        await AdvanceAsync(TimeSpan.FromSeconds(2));
        return await Rest.World.Loop.RunAsync(
            () => Rest.Handsets.Of(phone).Received.Select(t => $"{t.From} {t.Body}").ToList(), CancellationToken.None);
    }

    /// <summary>What the app was told at a path: the values of some parameters, absent ones as dashes.</summary>
    public IEnumerable<string> Told(string path, params string[] parameters) => Rest.App.Requests
        .Where(r => r.Request.Url.AbsolutePath == path)
        .Select(r => string.Join(' ', parameters.Select(p => r.Request.Parameters.FirstOrDefault(q => q.Key == p).Value ?? "-")));

    public RestWorld Rest { get; } = new();

    public ValueTask DisposeAsync() => Rest.DisposeAsync();

    public Task<RestAnswer> GetAsync(string path) => Rest.SendAsync("GET", path, null, null, host: "conversations.twilio.com");

    public Task<RestAnswer> DeleteAsync(string path) => Rest.SendAsync("DELETE", path, null, null, host: "conversations.twilio.com");

    public Task<RestAnswer> PostAsync(string path, params string[] pairs) => Rest.SendAsync(
        "POST", path, string.Join('&', pairs.Chunk(2).Select(p => $"{p[0]}={Uri.EscapeDataString(p[1])}")),
        "application/x-www-form-urlencoded", host: "conversations.twilio.com");

    /// <summary>The same, of which the app's webhooks are to be told.</summary>
    public Task<RestAnswer> TellAsync(string method, string path, params string[] pairs) => Rest.SendAsync(
        method, path, string.Join('&', pairs.Chunk(2).Select(p => $"{p[0]}={Uri.EscapeDataString(p[1])}")),
        "application/x-www-form-urlencoded", host: "conversations.twilio.com", tellsWebhooks: true);

    /// <summary>A conversation in the default service; its path.</summary>
    public async Task<string> BeginAsync(params string[] pairs) =>
        "/v1/Conversations/" + (await PostAsync("/v1/Conversations", pairs))["sid"];

    public Task AdvanceAsync(TimeSpan by) => Rest.World.Clock.AdvanceAsync(by);

    /// <summary>One property of a list's items, in order.</summary>
    public async Task<string> EachAsync(string path, string list, string property) =>
        string.Join(' ', (await GetAsync(path)).Json.GetProperty(list).EnumerateArray().Select(i => i.GetProperty(property).ToString()));
}
