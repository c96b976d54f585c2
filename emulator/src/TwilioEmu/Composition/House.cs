using System.Collections.ObjectModel;
using System.Text.Json;
using TwilioEmu.Accounts.Attaching;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Accounts.Pricing;
using TwilioEmu.Carrier.BrowserPhones;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.SmppLinks;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Console.Control;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Messaging;
using TwilioEmu.Messaging.Consent;
using TwilioEmu.Products.BulkExports;
using TwilioEmu.Products.CallTexts;
using TwilioEmu.Products.Conversations;
using TwilioEmu.Products.Events;
using TwilioEmu.Products.Kept;
using TwilioEmu.Products.Lookup;
using TwilioEmu.Products.Monitor;
using TwilioEmu.Products.Proxy;
using TwilioEmu.Products.Sip;
using TwilioEmu.Products.Sync;
using TwilioEmu.Products.Traversal;
using TwilioEmu.Products.Usage;
using TwilioEmu.Products.Verify;
using TwilioEmu.Rest;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Voice;
using TwilioEmu.Voice.WellKnown;
using TwilioEmu.Webhooks.Breakpoints;
using TwilioEmu.Webhooks.Delivery;
using TwilioEmu.Webhooks.Recognising;

namespace TwilioEmu.Composition;

/// <summary>One world with everything that lives in it, wired: floor, doors, rooms and letterbox.</summary>
/// <remarks>Built anew at every reset and for every scenario. Dispose off the loop.</remarks>
internal sealed class House : IControlHouse, IAsyncDisposable
{
    private readonly Letterbox _letterbox;
    private readonly RecogniserClient? _recogniser;
    private readonly Floor _floor;
    private readonly VoiceProduct _voice;
    private readonly LookupProduct _lookup;
    private readonly VerifyProduct _verify;
    private readonly IReadOnlyList<IProduct> _products;

    private House(
        World world, WorldConfig config, ApiCatalog catalog, string publicUrl, IReadOnlyDictionary<string, HttpMessageHandler> handlers)
    {
        World = world;
        Uploads = new UploadRoom(world.Options.MaxMediaBytes);
        Handsets = new HandsetDirectory(world);
        Smpp = new SmppHost(world, Handsets);
        Handsets.Exchange.Studio.Media = new MediaFolder(config.Options.Get(ServeSettings.Media));
        if (config.Options.Get(ServeSettings.SpeechRecognizer) is { } address)
        {
            _recogniser = new RecogniserClient(new Uri(address), world.Options.Wall);
            Handsets.Exchange.Studio.Recogniser = async (wav, cancellation) =>
            {
                var heard = await _recogniser.RecogniseAsync(wav, cancellation).ConfigureAwait(false);
                return new RecognisedSpeech(heard.Transcript, heard.Confidence, heard.Fault);
            };
        }
        Talks = new PhoneTalks(world, Handsets.Exchange.Studio);
        var hooks = new OwnHooks(world);
        _letterbox = new Letterbox(world, new LetterboxOptions
        {
            TokenOf = account => _floor!.Accounts.TokenOf(account),
            PublicNames = config.PublicNames,
            ExtraTrustedRoots = AppTrust.Read(config.Options.Get(ServeSettings.AppCa)),
            TrustsAnyCertificate = config.Options.Get(ServeSettings.TrustsAnyApp),
            Apps = Apps(world, config, hooks),
            Handlers = handlers,
            MaxCallbacksWaiting = MemoryBudget.Of(config.Options.Get(ServeSettings.Memory)).Callbacks,
        });
        _floor = new Floor(world, Handsets.Exchange, _letterbox, catalog, new FloorOptions
        {
            PublicUrl = publicUrl,
            Hooks = hooks,
            Prices = new PriceBook(config.Prices),
            ConcurrentRequests = config.Limits.ConcurrentRequests,
            IsTaken = Kinds.IsDeclared,
        });
        Messaging = new MessagingProduct(config.Registrations);
        Conversations = new ConversationsProduct(Messaging);
        _voice = new VoiceProduct(config.CallsPerSecond ?? VoiceProduct.UsualCallsPerSecond);
        Sip = new SipProduct(_voice);
        _lookup = new LookupProduct(config.Lookup);
        _verify = new VerifyProduct(Handsets.Mail, _voice, _lookup);
        _products = [.. Products()];
        _floor.Attach(_products);
    }

    /// <summary>The story's own app, and Twilio's own addresses but for those the user has given a place of their own.</summary>
    private static Dictionary<string, IApp> Apps(World world, WorldConfig config, OwnHooks hooks)
    {
        var apps = new Dictionary<string, IApp>(StringComparer.OrdinalIgnoreCase) { [AppConfig.Host] = new FileApp(world, config.App) };
        var known = new WellKnownApp();
        IEnumerable<(string Host, Func<IApp> App)> own =
        [
            .. WellKnownApp.Hosts.Select(h => (h, (Func<IApp>)(() => known))), (TwimlBins.Host, () => new TwimlBins(BinsOf(config))),
            (OwnHooks.Host, () => hooks),
        ];
        foreach (var (host, app) in own.Where(o =>
            !config.PublicNames.Keys.Any(n => Uri.TryCreate(n, UriKind.Absolute, out var name) && name.Host == o.Host)))
        {
            apps.Add(host, app());
        }
        return apps;
    }

    /// <exception cref="ConfigFault">A bin cannot be read.</exception>
    private static Dictionary<string, BinTemplate> BinsOf(WorldConfig config) => config.TwimlBins.ToDictionary(
        b => b.Key,
        b => BinTemplate.TryRead(b.Value, out var template, out var wrong) ? template : throw new ConfigFault($"twiml_bins.{b.Key}", wrong),
        StringComparer.Ordinal);

    public World World { get; }

    /// <inheritdoc/>
    public EntryKinds Kinds => HouseEntries.Kinds;

    public HandsetDirectory Handsets { get; }

    /// <inheritdoc/>
    public PhoneTalks Talks { get; }

    public AccountBook Accounts => _floor.Accounts;

    public NumberBook Numbers => _floor.Numbers;

    public FrontDoor Door => _floor.Door;

    public MessagingProduct Messaging { get; }

    /// <summary>Conversations, and the files they carry.</summary>
    public ConversationsProduct Conversations { get; }

    /// <summary>What files take while they are uploaded.</summary>
    public UploadRoom Uploads { get; }

    /// <summary>SIP Domains, and the endpoint that phones reach; it listens once it is told where.</summary>
    public SipProduct Sip { get; }

    /// <summary>Gateways and SMSCs; it listens and binds once it is told to.</summary>
    public SmppHost Smpp { get; }

    /// <summary>What attaches to the floor, in order: the books read the journal before anything happens that costs.</summary>
    private IEnumerable<IProduct> Products() =>
    [
        new UsageProduct(),
        Messaging,
        _voice,
        Sip,
        new BulkExportsProduct(),
        new MonitorProduct(),
        new TraversalProduct(),
        _lookup,
        _verify,
        // Hears of texts before those who take them.
        new EventsProduct(Messaging),
        Conversations,
        new ProxyProduct(Messaging, _voice),
        new CallTextsProduct(Messaging, _voice),
        new SyncProduct(),
        new KeptProducts(),
    ];

    /// <summary>Builds a house and moves in what the config names.</summary>
    /// <param name="config">Accounts, numbers, phones, names, limits, app.</param>
    /// <param name="options">Clock, seed and start of the world.</param>
    /// <param name="catalog">The operations.</param>
    /// <param name="publicUrl">Where clients reach the REST API.</param>
    /// <param name="apps">Apps in this process by origin; may be added to meanwhile.</param>
    /// <param name="isCarried">True where a world was brought here while it
    /// stood, so that its journal goes on as if it had never moved.</param>
    public static async Task<House> BuildAsync(
        WorldConfig config, WorldOptions options, ApiCatalog catalog, string publicUrl,
        IReadOnlyDictionary<string, HttpMessageHandler>? apps = null, bool isCarried = false)
    {
        // Chances go on where they were, so the seed is the one they came from.
        if (options.Keeper?.Saved is { } saved) options = options with { Seed = saved.Seed };
        var limits = config.Limits;
        var memory = MemoryBudget.Of(config.Options.Get(ServeSettings.Memory));
        var world = new World(options with
        {
            Asked = config.Options,
            MaxJournalEntries = limits.JournalEntries ?? options.MaxJournalEntries,
            MaxJournalBytes = Math.Min(memory.JournalBytes, options.MaxJournalBytes),
            MaxRecords = limits.Records ?? Math.Min(memory.Records, options.MaxRecords),
            MaxLiveBytes = Math.Min(memory.LiveBytes, options.MaxLiveBytes),
            MaxPhoneBytes = Math.Min(memory.PhoneBytes, options.MaxPhoneBytes),
            MaxMediaBytes = Math.Min(memory.MediaBytes, options.MaxMediaBytes),
            MaxSoundBytes = Math.Min(memory.SoundBytes, options.MaxSoundBytes),
            MaxAge = limits.Age ?? options.MaxAge,
        });
        try
        {
            return await world.Loop.RunAsync(
                () =>
                {
                    var house = new House(world, config, catalog, publicUrl, apps ?? ReadOnlyDictionary<string, HttpMessageHandler>.Empty);
                    if (world.IsResumed) house.Resume(config, isCarried);
                    else WorldSetup.Apply(house, config);
                    return house;
                },
                CancellationToken.None);
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// The world goes on: the config adds what is not there, phones behave as it says, and what was not done with is taken up.
    /// </summary>
    private void Resume(WorldConfig config, bool isCarried)
    {
        if (!isCarried && World.Keeper!.Saved is { } saved)
        {
            World.Journal.Write(
                AccountSid.None, WorldEntries.Resumed, "world", 0,
                ("records", saved.Rows.Count), ("entries", saved.Entries.Count), ("since", saved.At), ("lost", Transients.All));
        }
        WorldSetup.Add(this, config);
        foreach (var product in _products) product.Resume();
        World.Appointments.Resume();
        _floor.NewLooseLanes().Resume();
    }

    /// <inheritdoc/>
    public IEnumerable<ControlAccount> AllAccounts =>
        Accounts.NewestFirst.Where(a => !a.IsTest).Reverse().Select(a => new ControlAccount(a.Sid.Value, a.AuthToken, a.FriendlyName));

    /// <inheritdoc/>
    public ControlAccount? OpenAccount(string? friendlyName, string? sid, string? authToken)
    {
        if (sid is not null && Accounts.Find(new AccountSid(sid)) is not null) return null;
        var account = Accounts.Create(new AccountSpec
        {
            Sid = sid is null ? null : new AccountSid(sid),
            AuthToken = authToken,
            FriendlyName = friendlyName ?? AccountSpec.UsualName,
        });
        return new ControlAccount(account.Sid.Value, account.AuthToken, account.FriendlyName);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ControlFidelity> Fidelity =>
    [
        .. _floor.Catalog.Documents.SelectMany(d => d.Operations).Select(o => new ControlFidelity(
            o.Host, o.Document, o.Id, o.Method, o.Path,
            Door.FidelityOf(
                o) switch { Rest.Pipeline.Fidelity.Behaves => "behaves", Rest.Pipeline.Fidelity.Stores => "stores", _ => "shape" },
            Door.LackOf(o)?.Words, Door.LackOf(o)?.Part, Door.IsRefused(o))),
    ];

    /// <inheritdoc/>
    public (int Status, string Message)? PutResource(AccountSid? account, string product, string path, JsonElement properties)
    {
        if ((account is { } named ? Accounts.Find(named) : Accounts.NewestFirst.LastOrDefault()) is not { } owner)
        {
            return (404, "there is no such account");
        }
        return Door.PutResource(owner.Sid, product, path, properties) is { } refusal ? (refusal.Status, refusal.Message) : null;
    }

    /// <inheritdoc/>
    public string? Click(string code, string userAgent) => Messaging.Click(code, userAgent);

    /// <inheritdoc/>
    public bool MoveRegistration(AccountSid? account, string sid, string status, int? errorCode, int? score) =>
        Messaging.MoveRegistration(account ?? Accounts.NewestFirst.Last().Sid, sid, status, errorCode, score);

    /// <inheritdoc/>
    public bool SetOptOut(AccountSid? account, string service, IReadOnlyList<OptOutConfig> rules)
    {
        var owner = account ?? Accounts.NewestFirst.Last().Sid;
        return Messaging.SetOptOut(owner, service, [.. rules.Select(r => new OptOutRule(
            r.Type switch { "stop" => KeywordType.Stop, "start" => KeywordType.Start, _ => KeywordType.Help }, r.Words, r.Reply,
            r.Country) { Without = r.Without })]);
    }

    /// <inheritdoc/>
    public (int Status, string Message)? AnswerChallenge(string sid, bool isApproved) =>
        _verify.Answer(sid, isApproved, Accounts.NewestFirst.Select(a => a.Sid));

    /// <inheritdoc/>
    public IEnumerable<ControlQueue> Queues =>
        Messaging.Outbox.Queues.Select(q => new ControlQueue(
            q.Account.Value, q.Sender, q.SegmentsPerSecond, q.WaitingCount, q.WaitingSegmentCount, q.Capacity, q.LastLeaves));

    /// <inheritdoc/>
    public IReadOnlyList<SmppLinkState> SmppLinks => Smpp.Links;

    /// <inheritdoc/>
    public IReadOnlyList<string> WebhookPurposes { get; } = [.. WebhookPurpose.All.Select(p => p.Word)];

    /// <inheritdoc/>
    public ControlBreakpoint Breakpoint => new(
        _letterbox.Breakpoint.Rule is { } rule ? new ControlBreakRule(rule.Url, rule.Purpose?.Word, rule.IsOnce) : null,
        _letterbox.Breakpoint.Held);

    /// <inheritdoc/>
    public void HoldWebhooks(ControlBreakRule? rule) => _letterbox.Breakpoint.Set(
        rule is null ? null : new BreakRule(rule.Url, rule.Purpose is { } word ? WebhookPurpose.Of(word) : null, rule.IsOnce));

    /// <inheritdoc/>
    public bool LetGo(long id, ControlHandAnswer? answer) =>
        _letterbox.Breakpoint.LetGo(id, answer is null ? null : new HandAnswer(answer.Status, answer.ContentType, answer.Body));

    /// <inheritdoc/>
    public async Task<long?> ReplayWebhookAsync(long id, WebhookEdit? edit, CancellationToken cancellation) =>
        (await _letterbox.ReplayAsync(id, edit?.Url, edit?.Parameters, cancellation))?.Entry;

    public async ValueTask DisposeAsync()
    {
        // The world as it is now is what the next process goes on from: its end is not part of it.
        if (World.Keeper is { } keeper) await keeper.CloseAsync();
        await Sip.Host.DisposeAsync();
        await Smpp.DisposeAsync();
        await World.DisposeAsync();
        Talks.Dispose();
        _letterbox.Dispose();
        _recogniser?.Dispose();
    }
}
