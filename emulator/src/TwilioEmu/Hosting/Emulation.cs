using System.Collections.ObjectModel;
using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Carrier.SmppLinks;
using TwilioEmu.Composition;
using TwilioEmu.Console.Control;
using TwilioEmu.Console.Pages;
using TwilioEmu.Console.Terminal;
using TwilioEmu.Durable;
using TwilioEmu.Durable.Lines;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Keeping;
using TwilioEmu.Kernel.Logging;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Running;
using TwilioEmu.Tls;

namespace TwilioEmu.Hosting;

/// <summary>What an emulator is apart from where it listens: one house, which a reset replaces, and who answers which request.</summary>
internal sealed partial class Emulation : IControlDoors, IAsyncDisposable
{
    private readonly ApiCatalog _catalog;
    private readonly EmulationOptions _options;
    private readonly ControlRoom _control;
    private readonly SemaphoreSlim _resetting = new(1);
    private readonly SnapshotShelf _snapshots = new();
    private House _house;

    private const string StoriesOff = "off";

    // Where projects have them, below the folder the program was started in.
    private static readonly string[] UsualFolders = ["scenarios", "stories"];

    private Emulation(ApiCatalog catalog, EmulationOptions options, House house)
    {
        (_catalog, _options, _house) = (catalog, options, house);
        _control = new ControlRoom(this);
    }

    /// <summary>What the house was built from, defaults included.</summary>
    public WorldConfig Config => _options.Config;

    /// <inheritdoc/>
    public string Version { get; } = typeof(Emulation).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <inheritdoc/>
    public bool IsReady => true;

    /// <summary>The house now; a reset replaces it.</summary>
    public House House => Volatile.Read(ref _house);

    IControlHouse IControlDoors.House => House;

    /// <summary>The log for us.</summary>
    public ILoggerFactory Logs => _options.World.Logs;

    /// <inheritdoc/>
    public bool ServesUi => UiPages.IsBuilt && Config.Options.Get(ServeSettings.ServesUi);

    /// <inheritdoc/>
    public IWorldHost StoryWorlds => new StoryHost(_options.Config.Options);

    /// <inheritdoc/>
    public string? StoriesFolder => Config.Options.Get(ServeSettings.Stories) switch
    {
        StoriesOff => null,
        { } folder => folder,
        null => Array.Find(UsualFolders, Directory.Exists),
    };

    /// <inheritdoc/>
    public string CaPem => _options.Authority().CertificatePem;

    /// <inheritdoc/>
    public string CaBundlePem => RootCertificates.Pem(Environment.GetEnvironmentVariable("SSL_CERT_FILE")) + CaPem;

    /// <summary>Builds the house.</summary>
    /// <exception cref="ConfigFault">The config names what cannot be.</exception>
    public static async Task<Emulation> BuildAsync(EmulationOptions options)
    {
        var catalog = ApiCatalog.Open();
        var house = await BuildHouseAsync(options, catalog);
        try
        {
            await ListenForPhonesAsync(house, options.Sip);
            await house.World.Loop.RunAsync(() => house.Smpp.Start(options.Smpp, options.BindsToCentres), CancellationToken.None);
            return new Emulation(catalog, options, house);
        }
        catch
        {
            await house.DisposeAsync();
            throw;
        }
    }

    private static async Task ListenForPhonesAsync(House house, SipListening? sip)
    {
        if (sip is null) return;
        try
        {
            await house.World.Loop.RunAsync(() => house.Sip.Host.Listen(sip), CancellationToken.None);
        }
        catch (IOException taken) when (sip.IsOnlyIfFree)
        {
            // Nobody asked for it: another emulator, or a softphone, has the port. The ready line shows no SIP.
            Log.PortTaken(house.World.Options.Logs.CreateLogger<Emulation>(), taken, sip.Port);
        }
    }

    /// <inheritdoc/>
    public Task ResetAsync() => ReplaceAsync(null);

    /// <inheritdoc/>
    public async Task ExportAsync(Stream to, CancellationToken cancellation)
    {
        var world = House.World;
        await WorldLines.WriteAsync(await world.Loop.RunOutsideAsync(() => Task.FromResult(world.Carry()), cancellation), to, cancellation);
    }

    /// <inheritdoc/>
    public async Task<(int Records, int Entries)> ImportAsync(Stream from, CancellationToken cancellation)
    {
        var saved = await WorldLines.ReadAsync(from, HouseForms.All, cancellation);
        await ReplaceAsync(saved);
        return (saved.Rows.Count, saved.Entries.Count);
    }

    /// <inheritdoc/>
    public Task<Snapshot?> KeepAsync(string? name, CancellationToken cancellation) =>
        _snapshots.KeepAsync(name, House.World, cancellation);

    /// <inheritdoc/>
    public IReadOnlyList<Snapshot> Snapshots => _snapshots.All;

    /// <inheritdoc/>
    public async Task<Snapshot?> RestoreAsync(string id)
    {
        if (_snapshots.Find(id) is not { } kept) return null;
        await ReplaceAsync(kept.World, kept.Clock);
        return kept.Shown;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> NotCarried => Transients.All;

    // The world begins anew, or goes on from one that was carried here.
    private async Task ReplaceAsync(SavedWorld? carried, ClockMode? clock = null)
    {
        await _resetting.WaitAsync();
        try
        {
            await PutAsync(carried, clock);
            // A snapshot is brought back before every test: the collector finds the time for the old world itself.
            if (clock is null) MemoryBudget.GiveBack();
        }
        finally
        {
            _resetting.Release();
        }
    }

    // A method of its own, so that nothing holds the old house when memory is given back.
    private async Task PutAsync(SavedWorld? carried, ClockMode? clock)
    {
        if (_options.DataFolder is { } folder)
        {
            if (carried is not null) DurableWorld.ImportBeside(folder, carried, HouseForms.All);
            // One folder is one world's at a time.
            await House.World.Keeper!.CloseAsync();
        }
        var options = clock is null ? _options : _options with { World = _options.World with { Clock = clock } };
        var (fresh, fault) = await BuildNextAsync(options, carried);
        var old = Interlocked.Exchange(ref _house, fresh);
        var smpp = _options.Smpp is { } listening
            ? listening with { Port = old.Smpp.Port > 0 ? old.Smpp.Port : null, TlsPort = old.Smpp.TlsPort > 0 ? old.Smpp.TlsPort : null }
            : null;
        var (sipPort, tlsPort, webPort) = (old.Sip.Host.Port, old.Sip.Host.TlsPort, old.Sip.Host.WebSocketPort);
        await old.DisposeAsync();
        // At the same ports as before, which phones and gateways know.
        await fresh.World.Loop.RunAsync(() => fresh.Smpp.Start(smpp, _options.BindsToCentres), CancellationToken.None);
        if (_options.Sip is { } sip && sipPort != 0)
        {
            await fresh.World.Loop.RunAsync(
                () =>
                    fresh.Sip.Host.Listen(sip with
                    {
                        Port = sipPort,
                        TlsPort = tlsPort > 0 ? tlsPort : null,
                        WebSocketPort = webPort > 0 ? webPort : null,
                    }),
                CancellationToken.None);
        }
        if (fault is not null) throw fault;
    }

    /// <summary>The next house; where what was carried cannot go on, that of the folder again, as after a restart, and why.</summary>
    /// <exception cref="InvalidDataException">What was carried cannot go on, and the house that stands has lost nothing.</exception>
    private async Task<(House Next, InvalidDataException? Fault)> BuildNextAsync(EmulationOptions options, SavedWorld? carried)
    {
        try
        {
            return (await BuildHouseAsync(options, _catalog, isFresh: true, carried), null);
        }
        catch (Exception fault) when (carried is not null)
        {
            // What is wrong with a world shows where rooms take up what is theirs, and each says so in its own way.
            var wrong = new InvalidDataException($"the world cannot go on here: {fault.Message}", fault);
            if (_options.DataFolder is null) throw wrong;
            return (await BuildHouseAsync(_options, _catalog), wrong);
        }
    }

    /// <summary>Tells a host's log what happens, until the answer is disposed; before the world is.</summary>
    public async Task<IAsyncDisposable> TellAsync(ILoggerFactory logs) =>
        await JournalPrinter.StartAsync(() => House.World, logs, new OperationStatuses().Of, TimeProvider.System);

    /// <summary>Answers one request: of the control API, or of Twilio's.</summary>
    public Task HandleAsync(HttpContext context) =>
        context.Request.Path.StartsWithSegments(ControlRoom.Prefix, StringComparison.Ordinal) ? _control.HandleAsync(context)
        : MediaHost.IsMedia(context.Request) ? MediaHost.AnswerAsync(House, context)
        : MessageFiles.IsFile(context.Request) ? MessageFiles.OpenAsync(House, context)
        : ShortLinks.IsLink(context.Request) ? ShortLinks.FollowAsync(House, context)
        : WellKnownPages.Find(context.Request) is { } page ? WellKnownPages.WriteAsync(context, page)
        : House.Door.HandleAsync(context);

    public async ValueTask DisposeAsync()
    {
        await _control.DisposeAsync();
        await House.DisposeAsync();
        _resetting.Dispose();
    }

    private static async Task<House> BuildHouseAsync(
        EmulationOptions options, ApiCatalog catalog, bool isFresh = false, SavedWorld? carried = null)
    {
        IKeeper keeper = options.DataFolder is null
            ? new CarriedWorld(carried)
            : DurableWorld.Open(
                options.DataFolder, HouseForms.All, isFresh && carried is null, takesImported: carried is not null, readsOn: true);
        try
        {
            var house = await House.BuildAsync(
                options.Config with { PublicNames = OwnNames.Of(options.Config.PublicNames, options.PublicUrl) },
                options.World with { Keeper = keeper }, catalog, options.PublicUrl, options.Apps,
                isCarried: carried is not null);
            keeper.Forget();
            return house;
        }
        catch
        {
            await keeper.CloseAsync();
            throw;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogEvents.PortTaken, LogLevel.Information, "No SIP: another program has port {Port}")]
        public static partial void PortTaken(ILogger logger, Exception taken, int port);
    }
}

/// <summary>What an emulation is asked to be, now and after every reset.</summary>
internal sealed record EmulationOptions
{
    /// <summary>Accounts, numbers, phones, names, limits, app; defaults included.</summary>
    public required WorldConfig Config { get; init; }

    /// <summary>Clock, seed, start.</summary>
    public required WorldOptions World { get; init; }

    /// <summary>Where SIP phones are listened for; null for nowhere.</summary>
    public SipListening? Sip { get; init; }

    /// <summary>Where the world is kept; null for nowhere: it ends with the process.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Where gateways are listened for; null for nowhere. SMSCs are dialled all the same.</summary>
    public SmppListening? Smpp { get; init; }

    /// <summary>False where SMSCs are not dialled.</summary>
    public bool BindsToCentres { get; init; } = true;

    /// <summary>Where clients reach the REST API.</summary>
    public required string PublicUrl { get; init; }

    /// <summary>The root clients are to trust; made when first asked for.</summary>
    public required Func<CertificateAuthority> Authority { get; init; }

    /// <summary>Apps in this process by origin; may be added to meanwhile.</summary>
    public IReadOnlyDictionary<string, HttpMessageHandler> Apps { get; init; } = ReadOnlyDictionary<string, HttpMessageHandler>.Empty;
}
