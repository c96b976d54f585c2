using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using TwilioEmu.Carrier.BrowserPhones;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.SmppLinks;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Console.Control;
using TwilioEmu.Console.Stories;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Media.Listening;
using TwilioEmu.Media.Score;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Running;

namespace TwilioEmu.Console.Tests;

/// <summary>
/// A control room that listens, over a small house: texts to its number are echoed after a second, calls are answered and greet.
/// </summary>
internal sealed class ControlHost : IControlDoors, IAsyncDisposable
{
    public const string Number = "+14155550100";
    public const string Phone = "+14155550199";

    private readonly WebApplication _app;
    private readonly List<Snapshot> _snapshots = [];
    private readonly ClockMode _clock;
    private readonly ControlRoom _room;
    private TestHouse _house;

    private ControlHost(WebApplication app, ClockMode clock, TestHouse house)
    {
        (_app, _clock, _house) = (app, clock, house);
        _room = new ControlRoom(this);
    }

    public IControlHouse House => _house;

    public TestHouse Inside => _house;

    public string Version => "1.2.3";

    public string CaPem => "-----BEGIN CERTIFICATE-----\nours\n-----END CERTIFICATE-----\n";

    public string CaBundlePem => "-----BEGIN CERTIFICATE-----\nthe machine's\n-----END CERTIFICATE-----\n" + CaPem;

    public bool IsReady { get; set; } = true;

    public bool ServesUi { get; set; } = true;

    public IWorldHost StoryWorlds { get; } = new StoryWorldHost();

    public string? StoriesFolder { get; set; }

    public HttpClient Client { get; } = new();

    public Uri Url => new(_app.Urls.First());

    public static async Task<ControlHost> StartAsync(ClockMode? clock = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var host = new ControlHost(app, clock ?? new ClockMode.Manual(), await TestHouse.BuildAsync(clock ?? new ClockMode.Manual()));
        app.UseWebSockets();
        app.Run(context =>
            context.Request.Path.StartsWithSegments(ControlRoom.Prefix, StringComparison.Ordinal)
                ? host._room.HandleAsync(context)
                : Rest(context));
        await app.StartAsync();
        host.Client.BaseAddress = new Uri(host.Url, ControlRoom.Prefix + "/");
        return host;
    }

    public IReadOnlyList<string> NotCarried => ["what phones have received"];

    public Task ExportAsync(Stream to, CancellationToken cancellation) =>
        to.WriteAsync("{\"world\":{}}\n"u8.ToArray(), cancellation).AsTask();

    public async Task<(int Records, int Entries)> ImportAsync(Stream from, CancellationToken cancellation)
    {
        using var reader = new StreamReader(from);
        if (await reader.ReadLineAsync(cancellation) is not { Length: > 0 }) throw new InvalidDataException("line 1 is no line of a world");
        await ResetAsync();
        return (3, 4);
    }

    public Task<Snapshot?> KeepAsync(string? name, CancellationToken cancellation)
    {
        if (name == "full") return Task.FromResult<Snapshot?>(null);
        _snapshots.Add(new Snapshot(name ?? "1", WorldOptions.StoryStart, 3, 4));
        return Task.FromResult<Snapshot?>(_snapshots[^1]);
    }

    public IReadOnlyList<Snapshot> Snapshots => _snapshots;

    public async Task<Snapshot?> RestoreAsync(string id)
    {
        if (_snapshots.Find(s => s.Id == id) is not { } kept) return null;
        await ResetAsync();
        return kept;
    }

    public async Task ResetAsync()
    {
        var old = Interlocked.Exchange(ref _house, await TestHouse.BuildAsync(_clock));
        await old.World.DisposeAsync();
        old.Talks.Dispose();
    }

    /// <summary>Asks and gives status and JSON; each answer is as its call's row says.</summary>
    public async Task<(int Status, JsonElement Json)> AskAsync(string method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var json = text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
        if (text.Length > 0) Shape.Faults(method, path, (int)response.StatusCode, json).Should().BeEmpty();
        return ((int)response.StatusCode, json);
    }

    public Task<T> InsideAsync<T>(Func<T> turn) => _house.World.Loop.RunAsync(turn, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _room.DisposeAsync();
        await _app.StopAsync();
        await _house.World.DisposeAsync();
        _house.Talks.Dispose();
        await _app.DisposeAsync();
    }

    private static Task Rest(HttpContext context)
    {
        context.Response.StatusCode = context.Request.Method == "POST" ? 201 : 204;
        return context.Request.Method == "POST"
            ? context.Response.WriteAsync("{\"uri\":\"/2010-04-01/bought.json\",\"sid\":\"PN1\"}")
            : Task.CompletedTask;
    }
}

internal sealed class TestHouse : IControlHouse, IInboundTexts, IInboundCalls, IReceipts
{
    private static readonly EntryKind[] Own =
    [
        new("awaited", "a test's"), new("never", "a test's"), new("a.one", "a test's", "n"), new("b.one", "a test's"),
        new("odd.one", "a test's"), new("even.one", "a test's"), new("x", "a test's"), new("message.received", "a test's", "body"),
        new("alert", "a test's", "level"), new("webhook.sent", "a test's"), new("webhook.answered", "a test's"),
        new("webhook.failed", "a test's"),
        new("request.refused", "a test's"), new("message.delivered", "a test's"), new("call.pressed", "a test's", "digits"),
        new("call.completed", "a test's", "status"),
    ];

    private readonly HashSet<string> _accounts = [];

    public EntryKinds Kinds { get; } = new([.. WorldEntries.All, .. HandsetEntries.All, .. StoryEntries.All, .. Own]);

    private TestHouse(World world)
    {
        (World, Handsets) = (world, new HandsetDirectory(world));
        Talks = new PhoneTalks(world, Handsets.Exchange.Studio);
        Handsets.Exchange.Attach((IInboundTexts)this);
        Handsets.Exchange.Attach((IInboundCalls)this);
        Handsets.Exchange.AddNumber(ControlHost.Number);
    }

    /// <summary>There is one push challenge, YC1, answered once.</summary>
    public (int Status, string Message)? AnswerChallenge(string sid, bool isApproved) =>
        sid != "YC1" ? (404, $"there is no challenge {sid}") : Answered.Add($"{sid} {isApproved}") ? null : (409, "answered");

    public HashSet<string> Answered { get; } = [];

    public World World { get; }

    public HandsetDirectory Handsets { get; }

    public PhoneTalks Talks { get; }

    public IReadOnlyList<ControlFidelity> Fidelity { get; } =
    [
        new("api", "api_v2010", "CreateMessage", "POST", "/2010-04-01/Accounts/{AccountSid}/Messages.json", "behaves", null),
        new("verify", "verify_v2", "CreateVerification", "POST", "/v2/Services/{ServiceSid}/Verifications", "stores", "no code is sent"),
    ];

    /// <summary>What was put there, as path and JSON.</summary>
    public List<string> Planted { get; } = [];

    public (int Status, string Message)? PutResource(AccountSid? account, string product, string path, JsonElement properties)
    {
        if (path.EndsWith("/nowhere", StringComparison.Ordinal)) return (404, "nowhere");
        Planted.Add($"{account} {product} {path} {properties.GetRawText()}");
        return null;
    }

    public string? Click(string code, string userAgent) => code == "AbCdEfGhIj" ? "https://example.com/" : null;

    public bool MoveRegistration(AccountSid? account, string sid, string status, int? errorCode, int? score) =>
        sid == "BN00000000000000000000000000000001";

    public bool SetOptOut(AccountSid? account, string service, IReadOnlyList<OptOutConfig> rules) =>
        service == "MG00000000000000000000000000000001";

    public static Task<TestHouse> BuildAsync(ClockMode clock)
    {
        var world = new World(new WorldOptions { Clock = clock, Start = WorldOptions.StoryStart, Seed = 9 });
        return world.Loop.RunAsync(() => new TestHouse(world), CancellationToken.None);
    }

    public IEnumerable<ControlAccount> AllAccounts =>
        _accounts.Order(StringComparer.Ordinal).Select(sid => new ControlAccount(sid, "t", "unnamed"));

    public ControlAccount? OpenAccount(string? friendlyName, string? sid, string? authToken)
    {
        sid ??= World.Sids.New("AC");
        return _accounts.Add(sid) ? new ControlAccount(sid, authToken ?? World.Sids.NewSecret(), friendlyName ?? "unnamed") : null;
    }

    /// <summary>What the last replay was told to do otherwise.</summary>
    public WebhookEdit? Edit { get; private set; }

    public IEnumerable<ControlQueue> Queues { get; set; } = [];

    public IReadOnlyList<SmppLinkState> SmppLinks { get; set; } = [];

    public IReadOnlyList<string> WebhookPurposes => ["sms", "voice", "status-callback"];


    public ControlBreakpoint Breakpoint { get; private set; } = new(null, [7]);

    public ControlHandAnswer? Given { get; private set; }

    public void HoldWebhooks(ControlBreakRule? rule) => Breakpoint = Breakpoint with { Rule = rule };

    public bool LetGo(long id, ControlHandAnswer? answer)
    {
        Given = answer;
        return id == 7;
    }

    public async Task<long?> ReplayWebhookAsync(long id, WebhookEdit? edit, CancellationToken cancellation)
    {
        if (World.Journal.Find(id) is not { Kind: "webhook.sent" } sent) return null;
        Edit = edit;
        var again = World.Journal.Write(sent.Account, new("webhook.sent", "a test's"), sent.Subject, id, sent.Data);
        await Task.Yield();
        return World.Journal.Write(sent.Account, new("webhook.answered", "a test's"), sent.Subject, again.Seq, ("status", 200)).Seq;
    }

    public string Receive(TextMessage message)
    {
        var sid = World.Sids.New("SM");
        World.Journal.Write(AccountSid.None, new("message.received", "a test's"), sid, message.Cause, ("body", message.Body));
        World.Clock.CreateTimer(
            _ =>
                Handsets.Of(message.From).Submit(
                    message with { Subject = sid, From = message.To, To = message.From, Body = "echo " + message.Body }, this),
            null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        return sid;
    }

    public string Receive(ILeg leg, CallOffer offer, out ILegOwner owner)
    {
        var call = new TestCall(World, World.Sids.New("CA"), leg);
        owner = call;
        leg.Do(new LegCommand.Answer());
        return call.Sid;
    }

    public void Accepted(TextMessage message) { }

    public void Refused(TextMessage message, int errorCode) { }

    public void Delivered(TextMessage message) { }

    public void Undelivered(TextMessage message, int errorCode) { }

    private sealed class TestCall : ILegOwner
    {
        private readonly World _world;

        public TestCall(World world, string sid, ILeg leg)
        {
            (_world, Sid) = (world, sid);
            _ = new Listener(leg.FromParty, world.Clock, Perceive, world.Loop.Post) { WantsWords = false };
        }

        public string Sid { get; }

        public void Told(ILeg leg, LegNews news)
        {
            if (news is LegNews.Progressed) Write("call.ringing");
            if (news is LegNews.Answered) Write("call.in-progress");
            if (news is LegNews.Ended) Write("call.completed");
        }

        private void Perceive(Perceived perceived)
        {
            if (perceived is Perceived.Key key) Write("call.pressed", ("words", key.Digit.ToString()));
            if (perceived is Perceived.Began { Source: not Source.Keys } began) Write("call.said", ("words", Sounds.Caption(began.Source)));
        }

        private void Write(string kind, params (string, object?)[] facts) =>
            _world.Journal.Write(AccountSid.None, new EntryKind(kind, "a test's"), Sid, 0, facts);
    }
}
