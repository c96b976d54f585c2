using System.Text.Json;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Testing.Waiting;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Webhooks.Tests;

/// <summary>A world with a letterbox, and a short way to send and to look.</summary>
internal sealed class PostOffice : IAsyncDisposable
{
    public const string Token = "12345";

    public static readonly AccountSid Account = new("AC" + new string('1', 32));

    private PostOffice(World world, LetterboxOptions options)
    {
        World = world;
        Letterbox = new Letterbox(world, options);
    }

    private static LetterboxOptions Signed { get; } = new() { TokenOf = static _ => Token };

    public World World { get; }

    public Letterbox Letterbox { get; }

    public static PostOffice Virtual(params (string Authority, IApp App)[] apps) =>
        Open(new ClockMode.Auto(), Signed with { Apps = apps.ToDictionary(a => a.Authority, a => a.App) });

    public static PostOffice Real(LetterboxOptions? options = null) =>
        Open(new ClockMode.Real(), options is null ? Signed : options with { TokenOf = Signed.TokenOf });

    public static PostOffice Open(ClockMode clock, LetterboxOptions options) =>
        new(new World(new() { Clock = clock, Start = WorldOptions.StoryStart }), options);

    public static WebhookRequest Request(string url, string method = "POST", params (string Name, string Value)[] parameters) => new()
    {
        Account = Account,
        Url = url,
        Method = method,
        Parameters = [.. parameters.Select(p => KeyValuePair.Create(p.Name, p.Value))],
        Subject = "SM" + new string('2', 32),
        Purpose = WebhookPurpose.Sms,
        Cause = 0,
    };

    public Task<WebhookAnswer> SendAsync(WebhookRequest request, CancellationToken cancellation = default) =>
        World.Loop.RunAsync(() => Letterbox.SendAsync(request, cancellation), CancellationToken.None);

    public Task<WebhookAnswer> SendAsync(string url, string method = "POST", params (string Name, string Value)[] parameters) =>
        SendAsync(Request(url, method, parameters));

    /// <summary>The data of every entry of a kind, in order.</summary>
    public Task<List<JsonElement>> EntriesAsync(string kind) => World.Loop.RunAsync(
        () => World.Journal.After(0).Where(e => e.Kind == kind).Select(e => JsonDocument.Parse(e.ToJson()).RootElement).ToList(),
        CancellationToken.None);

    /// <summary>Waits until there are so many entries of a kind.</summary>
    public async Task EntryAsync(string kind, int count = 1)
    {
        await Eventually.TrueAsync(async () => (await EntriesAsync(kind)).Count >= count, $"{count} of {kind}");
    }

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        Letterbox.Dispose();
    }
}
