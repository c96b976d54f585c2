using System.Globalization;
using FluentAssertions;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Directory;
using TwilioEmu.Voice.WellKnown;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Testing.Houses;

/// <summary>A world with voice, phones and an app in this process at <c>http://app</c>; time moves when told.</summary>
internal sealed class VoiceHouse : IVoiceNumbers, IApp, IAsyncDisposable
{
    public const string Number = "+14155550100";
    public const string Phone = "+14155550199";
    public const string Friend = "+14155550188";

    /// <summary>In a country that the account has switched off.</summary>
    public const string Barred = "+442079460000";
    public static readonly AccountSid Account = new("AC00000000000000000000000000000001");

    /// <summary>Another account.</summary>
    public static readonly AccountSid Other = new("AC00000000000000000000000000000002");

    private readonly House _house;
    private readonly long _furnished;
    private readonly Dictionary<string, VoiceNumber> _numbers = [];
    private readonly Dictionary<string, TimeSpan> _slow = [];
    private readonly Dictionary<string, Func<AppRequest, AppAnswer>> _pages = [];

    private VoiceHouse(long seed, double callsPerSecond)
    {
        var apps = new Dictionary<string, IApp> { ["app"] = this };
        foreach (var host in WellKnownApp.Hosts) apps.Add(host, new WellKnownApp());
        Voice = new VoiceProduct(callsPerSecond, this);
        var options = new HouseOptions
        {
            World = new World(House.UsualWorld with { Seed = seed }),
            Apps = apps,
            Accounts =
            [
                HouseOptions.First,
                new AccountSpec { Sid = Other, AuthToken = "00000000000000000000000000000002", FriendlyName = "Second" },
            ],
        };
        _house = House.With(options, Voice);
        var number = new VoiceNumber(Account, "PN1", Number) { VoiceUrl = "http://app/voice", StatusCallback = "http://app/number-status" };
        Do(() => Own(number)).GetAwaiter().GetResult();
        Twiml("/voice", "");
        _furnished = World.Journal.LastSeq;
    }

    public World World => _house.World;

    public HandsetDirectory Phones => _house.Handsets;

    public VoiceProduct Voice { get; }

    /// <summary>True for accounts on trial.</summary>
    public bool IsOnTrial { get; set; }

    /// <summary>What the app was asked, in order: path and parameters.</summary>
    public List<(double At, string Path, Dictionary<string, string> Parameters)> Requests { get; } = [];

    public static Task<VoiceHouse> BuildAsync(long seed = 1, double callsPerSecond = 1) =>
        Task.FromResult(new VoiceHouse(seed, callsPerSecond));

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    public void Own(VoiceNumber number)
    {
        _numbers[number.Number] = number;
        Phones.Exchange.AddNumber(number.Number);
    }

    /// <summary>The page answers with these verbs.</summary>
    public void Twiml(string path, string verbs) => Page(path, _ => new AppAnswer(200, "text/xml", $"<Response>{verbs}</Response>"));

    public void Page(string path, Func<AppRequest, AppAnswer> answer) => _pages[path] = answer;

    /// <summary>The page answers only after a while.</summary>
    public void Slow(string path, TimeSpan after)
    {
        _slow[path] = after;
        Twiml(path, "");
    }

    public void Behave(string phone, HandsetBehaviour behaviour) => Do(() => Phones.Configure(phone, behaviour)).GetAwaiter().GetResult();

    /// <summary>The phone dials the number; its owner then does as scripted.</summary>
    public async Task<string> DialAsync(params ScriptStep[] script) =>
        (await World.Loop.RunAsync(() => Phones.Dial(Phone, Number, script), default))!;

    public Task<Answer> PostAsync(string operation, params (string Name, string Value)[] form) => AskAsync(operation, null, form);

    public Task<Answer> AskAsync(string operation, string? sid, params (string Name, string Value)[] form) =>
        AskAtAsync(operation, sid is null ? [] : new() { ["Sid"] = sid }, form);

    /// <summary>Asks with any path values: <c>CallSid</c>, <c>QueueSid</c>.</summary>
    public Task<Answer> AskAtAsync(string operation, Dictionary<string, string> path, params (string Name, string Value)[] form) =>
        AskAtAsync(operation, path, ".json", form);

    /// <summary>Asks for another extension than <c>.json</c>: a recording's file.</summary>
    public Task<Answer> AskAtAsync(
        string operation, Dictionary<string, string> path, string extension, params (string Name, string Value)[] form) =>
            World.Loop.RunAsync(
                () =>
                {
                    var values = new FormValues([.. form.Select(f => new KeyValuePair<string, string>(f.Name, f.Value))]);
                    return Voice.Behaviours.Single(b => b.OperationId == operation).Behaviour(new RestRequest
                    {
                        Operation = new Operation(operation),
                        Principal = new Principal(Account, Account.Value),
                        Account = Account,
                        Path = "/2010-04-01/Accounts/AC/Calls.json",
                        PathValues = path,
                        Extension = extension,
                        Query = values,
                        Form = values,
                        BaseUrl = "http://localhost",
                        Cause = 0,
                    });
                },
                default);

    /// <summary>A call by REST from the number to the phone; its SID.</summary>
    public async Task<string> CreateAsync(params (string Name, string Value)[] more)
    {
        (string, string)[] usual = more.Any(m => m.Name == "To") ? [("From", Number)] : [("From", Number), ("To", Phone)];
        var url = more.Any(m => m.Name is "Url" or "Twiml") ? Array.Empty<(string, string)>() : [("Url", "http://app/voice")];
        var answer = await PostAsync("CreateCall", [.. usual, .. url, .. more]);
        return ((Call)answer.Should().BeOfType<Answer.Resource>().Which.Face).Sid;
    }

    public Task AdvanceAsync(double seconds) => World.Clock.AdvanceAsync(TimeSpan.FromSeconds(seconds));

    public Task Do(Action turn) => World.Loop.RunAsync(turn, default);

    public async Task<Call> CallAsync(string sid) =>
        (await World.Loop.RunAsync(() => Voice.Services.Book.Records(Account).Find(sid), default))!;

    public Task<List<Entry>> EntriesAsync(Func<Entry, bool> which) =>
        World.Loop.RunAsync(() => World.Journal.After(_furnished).Where(which).ToList(), default);

    /// <summary>The story of a call: seconds since the start and what happened, statuses and transcript.</summary>
    public async Task<List<string>> StoryAsync(string sid) =>
        [.. (await EntriesAsync(e => e.Subject == sid && e.Kind.StartsWith("call.", StringComparison.Ordinal))).Select(Line)];

    /// <summary>The codes of alerts raised for a call.</summary>
    public async Task<List<string>> AlertsAsync() =>
    [
        .. (await EntriesAsync(e => e.Kind == "alert"))
            .Select(e => ((Webhooks.Alerts.Alert)e.Data!).Code.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>Requests to a page, as "seconds parameter,parameter".</summary>
    public IEnumerable<string> Asked(string path, params string[] parameters) => Requests
        .Where(r => r.Path == path)
        .Select(r => string.Join(
            ' ',
            parameters.Select(p => r.Parameters.GetValueOrDefault(p, "-")).Prepend(r.At.ToString("0.0##", CultureInfo.InvariantCulture))));

    public static ScriptStep Hears(string text, double within = 30)
    {
        TextPattern.TryParse(text, out var pattern, out _).Should().BeTrue();
        return new ScriptStep.Hears(pattern, TimeSpan.FromSeconds(within));
    }

    public static ScriptStep Presses(string digits) => new ScriptStep.Presses(digits);

    public static ScriptStep Says(string text) => new ScriptStep.Says(text);

    public static ScriptStep Waits(double seconds) => new ScriptStep.Waits(TimeSpan.FromSeconds(seconds));

    public static ScriptStep HangsUp { get; } = new ScriptStep.HangsUp();

    VoiceNumber? IVoiceNumbers.Find(string number) => _numbers.GetValueOrDefault(number);

    string? IVoiceNumbers.CallerNameOf(string number) => number == Phone ? "ADA LOVELACE" : null;

    bool IVoiceNumbers.IsVerifiedCallerId(AccountSid account, string number) => number == "+14155550177";

    bool IVoiceNumbers.IsTrial(AccountSid account) => IsOnTrial;

    bool IVoiceNumbers.MayCall(AccountSid account, string number) => number != Barred;

    VoiceApplication? IVoiceNumbers.FindApplication(AccountSid account, string sid) =>
        ((IVoiceNumbers)this).FindApplication(sid) is { } app && app.Account == account ? app : null;

    VoiceApplication? IVoiceNumbers.FindApplication(string sid) =>
        sid switch
        {
            "AP1" => new VoiceApplication(Account, sid) { VoiceUrl = "http://app/application" },
            // Of nobody here, one closed and one open to others.
            "AP2" => new VoiceApplication(Other, sid) { VoiceUrl = "http://app/other-application" },
            "AP3" => new VoiceApplication(Other, sid) { VoiceUrl = "http://app/other-application", IsPublic = true },
            _ => null,
        };

    async Task<AppAnswer> IApp.AnswerAsync(AppRequest request, CancellationToken cancellation)
    {
        var at = (World.Clock.GetUtcNow() - WorldOptions.StoryStart).TotalSeconds;
        Requests.Add((at, request.Url.AbsolutePath, request.Parameters.ToDictionary(p => p.Key, p => p.Value)));
        if (_slow.TryGetValue(request.Url.AbsolutePath, out var after)) await Task.Delay(after, World.Clock, cancellation);
        return _pages.TryGetValue(request.Url.AbsolutePath, out var page) ? page(request) : new AppAnswer(204, null, "");
    }

    private static string Line(Entry entry)
    {
        var at = (entry.At - WorldOptions.StoryStart).TotalSeconds.ToString("0.0##", CultureInfo.InvariantCulture);
        var facts = entry.Data as Facts;
        var words = facts?["words"] ?? facts?["digits"] ?? facts?["speech"];
        return $"{at} {entry.Kind[5..]}{(words is null ? "" : $" {words}")}";
    }
}
