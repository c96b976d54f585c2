using System.Text.Json;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Accounts.Registrations;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Messaging;
using TwilioEmu.Messaging.Consent;
using TwilioEmu.Messaging.Mms;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Testing.Houses;

/// <summary>A front door with messaging behind it, phones, and an app in this process at <c>http://app</c>; time moves when told.</summary>
internal sealed class MessagingHouse : IAsyncDisposable
{
    public const string Number = "+14155550100";
    public const string Phone = "+14155550199";

    public MessagingHouse(
        string? smsUrl = null, string? smsFallbackUrl = null, string smsMethod = "POST", double? messagesPerSecond = null,
        RegistrationRules? registrations = null, WorldOptions? world = null,
        int? maxScheduled = null)
    {
        Rest = new RestWorld(new World(world ?? House.UsualWorld));
        Do(() =>
        {
            Rest.Numbers.Add(AccountBook.DefaultSid, new PhoneNumberSpec
            {
                Number = Number,
                MessagesPerSecond = messagesPerSecond,
                Parameters = new Dictionary<string, string>
                {
                    ["SmsUrl"] = smsUrl ?? "",
                    ["SmsFallbackUrl"] = smsFallbackUrl ?? "",
                    ["SmsMethod"] = smsMethod,
                },
            });
        });
        Messaging = maxScheduled is { } most
            ? new MessagingProduct(registrations) { MaxScheduled = most }
            : new MessagingProduct(registrations);
        Rest.Attach(Messaging);
    }

    public RestWorld Rest { get; }

    public MessagingProduct Messaging { get; }

    /// <summary>Advanced Opt-Out of a service.</summary>
    public void SetOptOut(string service, params OptOutRule[] rules) =>
        Do(() => Messaging.SetOptOut(AccountBook.DefaultSid, service, rules));

    public FakeApp App => Rest.App;

    public void Do(Action turn) => Rest.World.Loop.RunAsync(turn, default).GetAwaiter().GetResult();

    public Task AdvanceAsync(double seconds) => Rest.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(seconds));

    /// <summary>Posts a message from the number to the phone, with more parameters in pairs.</summary>
    public Task<RestAnswer> PostAsync(string body, params string[] more) =>
        Rest.PostAsync("Messages.json", ["To", Phone, "From", Number, "Body", body, .. more]);

    /// <summary>The phone texts the number.</summary>
    public string TextIn(string body, params string[] mediaUrls)
    {
        string? sid = null;
        Do(() => sid = Rest.Handsets.Text(Phone, Number, body, mediaUrls));
        return sid!;
    }

    public void Behave(DeliveryReport texts) => Do(() => Rest.Handsets.Configure(Phone, new HandsetBehaviour { Texts = texts }));

    /// <summary>Bodies the phone has received, in order.</summary>
    public List<string> Received()
    {
        List<string> bodies = [];
        Do(() => bodies.AddRange(Rest.Handsets.Of(Phone).Received.Select(t => t.Body)));
        return bodies;
    }

    /// <summary>A message's file, by the API's address of it.</summary>
    public Task<OpenedMedia?> OpenAsync(string path) => Rest.OpenMediaAsync(Messaging, path);

    /// <summary>What happened to a subject, by kind and seconds since the world began.</summary>
    public List<(string Kind, double At)> StoryOf(string subject)
    {
        List<(string Kind, double At)> story = [];
        Do(() =>
            story.AddRange(Rest.World.Journal.After(0)
                .Where(e => e.Subject == subject)
                .Select(e => (e.Kind, (e.At - WorldOptions.StoryStart).TotalSeconds))));
        return story;
    }

    /// <summary>Codes of the alerts so far.</summary>
    public async Task<List<int>> AlertsAsync() =>
    [
        .. (await Rest.EntriesAsync("alert")).Select(e => Data(e).GetProperty("code").GetInt32()),
    ];

    public static JsonElement Data(Entry entry)
    {
        using var json = JsonDocument.Parse(entry.ToJson());
        return json.RootElement.GetProperty("data").Clone();
    }

    public ValueTask DisposeAsync() => Rest.DisposeAsync();
}
