using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.SmppLinks;
using TwilioEmu.Composition;
using TwilioEmu.Hosting;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Smpp.Pdus;
using TwilioEmu.Smpp.Sessions;

namespace TwilioEmu.Tests.SmppLinks;

/// <summary>An emulator with a gateway, an SMSC, a number of an app's, and that app; time moves when told.</summary>
internal sealed class SmppHouse : IAsyncDisposable
{
    public const string App = WorldSetup.DefaultNumber;
    public const string Phone = "+14155550199";
    public const string CentrePhone = "+14155570001";
    public const string SystemId = "gateway";
    public const string Password = "secret08";
    public const string Centre = "carrier";

    public static readonly MessageBody Hello = new()
    {
        Source = SmppAddress.Of(Phone),
        Destination = SmppAddress.Of(App),
        ShortMessage = "Hello"u8.ToArray(),
    };

    private readonly EmulatorServer _server;
    private readonly HttpClient _rest;
    private readonly List<PlayedSystem> _played = [];

    private SmppHouse(EmulatorServer server, ConcurrentQueue<Dictionary<string, string>> webhooks)
    {
        (_server, Webhooks) = (server, webhooks);
        _rest = new HttpClient { BaseAddress = new Uri($"{server.Url}/2010-04-01/Accounts/{AccountBook.DefaultSid.Value}/") };
        _rest.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{AccountBook.DefaultSid.Value}:{AccountBook.DefaultToken}")));
    }

    /// <summary>What the app was told, in order.</summary>
    public ConcurrentQueue<Dictionary<string, string>> Webhooks { get; }

    public World World => _server.House.World;

    public SmppHost Smpp => _server.House.Smpp;

    public string Url => _server.Url;

    /// <param name="system">What is told of the gateway beside its names and numbers.</param>
    /// <param name="centre">What is told of the SMSC.</param>
    /// <param name="listening">Where gateways are listened for; null for nowhere.</param>
    /// <param name="clock">Manual unless told.</param>
    /// <param name="binds">True dials the SMSC.</param>
    /// <param name="twiml">What the app answers to a text.</param>
    /// <param name="app">The app's number.</param>
    /// <param name="second">Another of its numbers; null for none.</param>
    public static async Task<SmppHouse> StartAsync(
        Func<SmppSystem, SmppSystem>? system = null, Func<SmppCentre, SmppCentre>? centre = null, SmppListening? listening = null,
        ClockMode? clock = null, bool binds = false,
        string twiml = "<Response/>", string app = App, string? second = "+14155550101")
    {
        var gateway = new SmppSystem(SystemId, Password) { Numbers = [Phone == app ? "+1415556*" : Phone, "+14155561*"] };
        var carrier = new SmppCentre("127.0.0.1", 1, "twilioemu") { Label = Centre, Password = Password, Numbers = ["+1415557*"] };
        var config = WorldSetup.WithDefaults(
            new WorldConfig
            {
                Numbers =
                [
                    new PhoneNumberSpec
                    {
                        Number = app,
                        MessagesPerSecond = 100,
                        Parameters = new Dictionary<string, string> { ["SmsUrl"] = "http://myapp.test/sms" },
                    },
                    .. second is null ? Array.Empty<PhoneNumberSpec>() : [new PhoneNumberSpec { Number = second }],
                ],
                Smpp = new SmppConfig { Systems = [system?.Invoke(gateway) ?? gateway], Centres = [centre?.Invoke(carrier) ?? carrier] },
            },
            withNumber: true);
        var webhooks = new ConcurrentQueue<Dictionary<string, string>>();
        var apps = new Dictionary<string, HttpMessageHandler> { ["http://myapp.test"] = new AppOfTest(webhooks, twiml) };
        return new SmppHouse(
            await EmulatorServer.StartAsync(
                config, new WorldOptions { Clock = clock ?? new ClockMode.Manual(), Seed = 1, Start = WorldOptions.StoryStart },
                new Endpoints { Smpp = listening, BindsToCentres = binds }, apps),
            webhooks);
    }

    /// <summary>A gateway that is bound.</summary>
    public async Task<PlayedSystem> BindAsync(BindMode mode = BindMode.Transceiver, string systemId = SystemId, string password = Password)
    {
        var gateway = await TurnAsync(() =>
        {
            var played = new PlayedSystem(World, Smpp, SmppRole.Esme);
            played.Bind(mode, systemId, password);
            return played;
        });
        _played.Add(gateway);
        await SettleAsync();
        return gateway;
    }

    /// <summary>The SMSC, once the emulator is bound to it.</summary>
    public async Task<PlayedSystem> MeetAsync(Action<PlayedSystem>? shape = null)
    {
        var smsc = await TurnAsync(() =>
        {
            var played = new PlayedSystem(World, Smpp, SmppRole.Smsc);
            shape?.Invoke(played);
            played.Meet(Centre).Should().BeTrue();
            return played;
        });
        _played.Add(smsc);
        await SettleAsync();
        return smsc;
    }

    /// <summary>What a played system is answered; null for nothing.</summary>
    public async Task<Pdu?> AskAsync(PlayedSystem system, CommandId command, PduBody body, params Tlv[] tlvs)
    {
        var asking = await TurnAsync(() => system.AskAsync(command, body, [.. tlvs]));
        await SettleAsync();
        return asking.IsCompleted ? await asking : null;
    }

    /// <summary>A text of the gateway's; its message_id.</summary>
    public async Task<string> SubmitAsync(PlayedSystem gateway, MessageBody body, params Tlv[] tlvs)
    {
        var answer = await AskAsync(gateway, CommandId.SubmitSm, body, tlvs);
        answer!.Status.Should().Be(CommandStatus.Ok);
        return ((MessageIdBody)answer.Body).MessageId;
    }

    /// <summary>Back to the configured start.</summary>
    public Task ResetAsync() => _server.ResetAsync();

    /// <summary>How a text of the gateway's is refused.</summary>
    public async Task<CommandStatus> RefusalAsync(PlayedSystem gateway, MessageBody body, params Tlv[] tlvs) =>
        (await AskAsync(gateway, CommandId.SubmitSm, body, tlvs))!.Status;

    /// <summary>The app texts a number; the message's SID.</summary>
    public async Task<string> SendAsync(string to, string body = "Hi", string from = App)
    {
        using var form = new FormUrlEncodedContent(
            [new("From", from), new("To", to), new("Body", body), new("StatusCallback", "http://myapp.test/status")]);
        using var answer = await _rest.PostAsync("Messages.json", form);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.Should().BeTrue(text);
        using var json = JsonDocument.Parse(text);
        return json.RootElement.GetProperty("sid").GetString()!;
    }

    /// <summary>Status and error code of a message.</summary>
    public async Task<(string Status, int? Code)> StatusAsync(string sid)
    {
        using var json = JsonDocument.Parse(await _rest.GetStringAsync($"Messages/{sid}.json"));
        var code = json.RootElement.GetProperty("error_code");
        return (json.RootElement.GetProperty("status").GetString()!, code.ValueKind == JsonValueKind.Number ? code.GetInt32() : null);
    }

    public Task AdvanceAsync(double seconds) => World.Clock.AdvanceAsync(TimeSpan.FromSeconds(seconds));

    /// <summary>All that the present instant holds is done.</summary>
    public Task SettleAsync() => World.Clock.AdvanceAsync(TimeSpan.Zero);

    public Task<T> TurnAsync<T>(Func<T> turn) => World.Loop.RunAsync(turn, CancellationToken.None);

    public Task TurnAsync(Action turn) => World.Loop.RunAsync(turn, CancellationToken.None);

    /// <summary>A turn: says what becomes of texts to a phone.</summary>
    public void Handset(string number, DeliveryReport texts) =>
        _server.House.Handsets.Configure(number, HandsetBehaviour.Usual with { Texts = texts });

    /// <summary>Entries of a kind.</summary>
    public async Task<IReadOnlyList<string>> EntriesAsync(EntryKind kind) =>
        await TurnAsync<IReadOnlyList<string>>(() => [.. World.Journal.After(0).Where(e => e.Kind == kind.Name).Select(e => e.ToJson())]);

    /// <summary>The entries of a kind, once there are so many; for worlds of the wall.</summary>
    public Task<IReadOnlyList<Entry>> ExpectAsync(EntryKind kind, int count = 1) => World.Loop.RunAsync(
        () => World.Journal.ExpectAsync(e => e.Kind == kind.Name, count, 0, TimeSpan.FromSeconds(20), CancellationToken.None),
        CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        _rest.Dispose();
        await _server.DisposeAsync();
        foreach (var played in _played) played.Dispose();
    }

    private sealed class AppOfTest(ConcurrentQueue<Dictionary<string, string>> webhooks, string twiml) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var form = await request.Content!.ReadAsStringAsync(cancellationToken);
            var parameters = form.Split('&')
                .Select(p => p.Split('='))
                .ToDictionary(p => Uri.UnescapeDataString(p[0]), p => Uri.UnescapeDataString(p[1].Replace('+', ' ')));
            webhooks.Enqueue(parameters);
            return new HttpResponseMessage
            {
                Content = new StringContent(request.RequestUri!.AbsolutePath == "/sms" ? twiml : "", Encoding.UTF8, "text/xml"),
            };
        }
    }
}
