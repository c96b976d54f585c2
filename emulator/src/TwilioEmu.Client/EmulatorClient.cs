using System.Text.Json;
using System.Text.Json.Nodes;
using TwilioEmu.Client.Clocks;
using TwilioEmu.Client.Expectations;
using TwilioEmu.Client.Journals;
using TwilioEmu.Client.Webhooks;
using TwilioEmu.Client.Wire;

namespace TwilioEmu;

/// <summary>The control API of a running emulator, <c>/_emu/v1</c>, as a test uses it.</summary>
/// <remarks>
/// Safe from any thread. Every call throws <see cref="EmulatorException"/> for the emulator's no, <see cref="HttpRequestException"/>
/// where nobody answers, and <see cref="TimeoutException"/> after <see cref="Patience"/>. Durations are the world's time unless they are
/// called patience.
/// </remarks>
public sealed class EmulatorClient : IDisposable
{
    private readonly ControlWire _wire;
    private readonly Telling _telling;

    /// <summary>A client over sockets.</summary>
    /// <param name="baseUrl">Where the emulator is: <c>http://127.0.0.1:4010</c>.</param>
    public EmulatorClient(Uri baseUrl)
        : this(baseUrl, new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false })
    {
    }

    /// <summary>A client over any handler, such as one that leads to an emulator in this process.</summary>
    /// <param name="baseUrl">Scheme and authority, and a path where a proxy puts the emulator below one.</param>
    /// <param name="handler">Disposed with the client.</param>
    /// <exception cref="ArgumentException">That is no such address; says what was probably meant.</exception>
    public EmulatorClient(Uri baseUrl, HttpMessageHandler handler)
    {
        _wire = new ControlWire(new Uri(EmulatorAddress.Read(baseUrl, nameof(baseUrl))), new HttpMessageInvoker(handler))
        {
            ControlToken = Environment.GetEnvironmentVariable("TWILIOEMU_CONTROL_TOKEN") is { Length: > 0 } token and not "off"
                ? token
                : null,
        };
        _telling = new Telling(this, _wire);
    }

    /// <summary>
    /// What the emulator's control API asks for: one bound beyond loopback asks, and says at its start what for.
    /// The environment's <c>TWILIOEMU_CONTROL_TOKEN</c> unless set; null sends none.
    /// </summary>
    public string? ControlToken
    {
        get => _wire.ControlToken;
        set => _wire.ControlToken = value;
    }

    /// <summary>Where the emulator is.</summary>
    public Uri BaseUrl => _wire.BaseUrl;

    /// <summary>Real time a call may take, besides what it asks to wait for; 30 s unless set.</summary>
    /// <remarks>
    /// Virtual time takes none; what stops it (an app that does not answer, a phone nobody acts for) is named in the exception.
    /// </remarks>
    public TimeSpan Patience
    {
        get => _wire.Patience;
        set => _wire.Patience = value;
    }

    /// <summary>Whether an app of this process has a request in hand; null where none can be seen.</summary>
    internal Func<bool>? IsAppBusy { get; set; }

    /// <summary>What apps of this process threw lately, as text.</summary>
    internal Func<IReadOnlyList<string>>? AppFaults
    {
        set => _wire.AppFaults = value;
    }

    /// <summary>Whether the emulator serves.</summary>
    public Task<Health> HealthAsync(CancellationToken cancellation = default) =>
        _wire.AskAsync(HttpMethod.Get, "/health", null, ClientJson.Default.Health, cancellation);

    /// <summary>Waits, in real time, until an emulator that was just started serves.</summary>
    /// <exception cref="TimeoutException">It does not after <see cref="Patience"/>.</exception>
    public async Task<Health> UntilReadyAsync(CancellationToken cancellation = default)
    {
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        Exception? last = null;
        try
        {
            while (true)
            {
                try
                {
                    return await HealthAsync(either.Token);
                }
                catch (Exception fault) when (fault is HttpRequestException or EmulatorException)
                {
                    last = fault;
                }
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, either.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"no emulator is ready at {BaseUrl} after {Patience.TotalSeconds:0} s", last);
        }
    }

    /// <summary>Brings the emulator back to its configured start, seed included. Whatever else uses it loses its things too.</summary>
    public Task<Health> ResetAsync(CancellationToken cancellation = default) =>
        _wire.AskAsync(HttpMethod.Post, "/reset", null, ClientJson.Default.Health, cancellation);

    /// <summary>Keeps the whole world in memory as it stands: what a set-up took long to make, say.</summary>
    /// <param name="name">1 to 64 letters, digits, dashes, dots; one kept under it goes. Null for a number.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="EmulatorException">409: sixteen are kept, and none of that name.</exception>
    public Task<Snapshot> SnapshotAsync(string? name = null, CancellationToken cancellation = default)
    {
        var body = new JsonObject();
        if (name is not null) body["name"] = name;
        return _wire.AskAsync(HttpMethod.Post, "/snapshots", body, ClientJson.Default.Snapshot, cancellation);
    }

    /// <summary>The worlds that are kept, the oldest first.</summary>
    public async Task<IReadOnlyList<Snapshot>> SnapshotsAsync(CancellationToken cancellation = default) =>
        (await _wire.AskAsync(HttpMethod.Get, "/snapshots", null, ClientJson.Default.SnapshotList, cancellation)).Snapshots;

    /// <summary>
    /// Brings a kept world back, as often as wanted: clock, journal, queues,
    /// what is due. Whatever else uses the emulator goes back with it.
    /// </summary>
    /// <param name="id">Its <see cref="Snapshot.Id"/>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="EmulatorException">404: none is called so.</exception>
    public Task<Snapshot> RestoreAsync(string id, CancellationToken cancellation = default) =>
        _wire.AskAsync(HttpMethod.Post, $"/snapshots/{Uri.EscapeDataString(id)}/restore", null, ClientJson.Default.Snapshot, cancellation);

    /// <summary>The world's time.</summary>
    public Task<ClockState> ClockAsync(CancellationToken cancellation = default) =>
        _wire.AskAsync(HttpMethod.Get, "/clock", null, ClientJson.Default.ClockState, cancellation);

    /// <summary>Switches the clock.</summary>
    /// <param name="mode"><c>real</c>, <c>xN</c> (<c>x10</c>), <c>auto</c> or <c>manual</c>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<ClockState> SetClockAsync(string mode, CancellationToken cancellation = default) =>
        _wire.AskAsync(HttpMethod.Put, "/clock", new JsonObject { ["mode"] = mode }, ClientJson.Default.ClockState, cancellation);

    /// <summary>Moves virtual time; completes when all that fell due has run, webhooks included.</summary>
    /// <exception cref="EmulatorException">409: the clock runs by itself (<c>real</c>, <c>xN</c>).</exception>
    public Task<ClockState> AdvanceAsync(TimeSpan by, CancellationToken cancellation = default) =>
        _wire.AskAsync(
            HttpMethod.Post, "/clock/advance", new JsonObject { ["by"] = Durations.Write(by) }, ClientJson.Default.ClockState,
            cancellation);

    /// <summary>
    /// Waits until the world has come to rest: virtual time moves from due instant to due instant until nothing is due soon and the app is
    /// idle.
    /// </summary>
    /// <remarks>
    /// The app is idle when it has answered all it was asked and has not asked anything for a moment. What it does on threads of its own
    /// without asking the emulator cannot be seen. Where time moves by itself it is waited for.
    /// </remarks>
    /// <param name="quiet">How long nothing more may be due; a minute unless
    /// told, so that a reminder of tomorrow is not waited for.</param>
    /// <param name="within">World time; a day unless told.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="TimeoutException">It does not come to rest; says what goes on.</exception>
    public Task<ClockState> SettleAsync(TimeSpan? quiet = null, TimeSpan? within = null, CancellationToken cancellation = default) =>
        new Settling(this, IsAppBusy).RunAsync(quiet ?? TimeSpan.FromMinutes(1), within ?? TimeSpan.FromDays(1), cancellation);

    /// <summary>Opens an account nobody else knows: tests with one each share an emulator without meeting.</summary>
    /// <param name="friendlyName">1 to 64 characters, or null.</param>
    /// <param name="sid"><c>AC</c> and 32 hex digits, or null for a fresh one.</param>
    /// <param name="authToken">Null for a fresh one.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="EmulatorException">409: the SID is taken.</exception>
    public Task<EmulatedAccount> OpenAccountAsync(
        string? friendlyName = null, string? sid = null, string? authToken = null, CancellationToken cancellation = default)
    {
        var body = new JsonObject();
        if (friendlyName is not null) body["friendly_name"] = friendlyName;
        if (sid is not null) body["sid"] = sid;
        if (authToken is not null) body["auth_token"] = authToken;
        return _wire.AskAsync(HttpMethod.Post, "/accounts", body, ClientJson.Default.EmulatedAccount, cancellation);
    }

    /// <summary>Links of SMPP, gateways first: who is bound, and what waits.</summary>
    public async Task<IReadOnlyList<SmppLink>> SmppLinksAsync(CancellationToken cancellation = default) =>
        (await _wire.AskAsync(HttpMethod.Get, "/smpp/links", null, ClientJson.Default.SmppLinkPage, cancellation)).Links;

    /// <summary>Accounts, the first one first, with their tokens.</summary>
    /// <param name="limit">1 to 1000; 100 unless told.</param>
    /// <param name="after">Goes on after the account of this SID.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<IReadOnlyList<EmulatedAccount>> AccountsAsync(
        int? limit = null, string? after = null, CancellationToken cancellation = default) =>
        (await _wire.AskAsync(
            HttpMethod.Get, new QueryText("/accounts").Add("limit", limit).Add("after", after).ToString(), null,
            ClientJson.Default.AccountPage, cancellation)).Accounts;

    /// <summary>A phone that no account owns. It exists as soon as it is mentioned; nothing is asked of the emulator here.</summary>
    /// <param name="number">E.164: <c>+14155550199</c>.</param>
    public Handset Handset(string number) => new(this, _wire, number);

    /// <summary>A call by its SID. Nothing is asked of the emulator here.</summary>
    public PhoneCall Call(string sid) => new(this, _wire, sid);

    /// <summary>Requests made to the app, oldest first.</summary>
    /// <param name="after">Only those behind this one.</param>
    /// <param name="limit">1 to 1000; 100 unless told.</param>
    /// <param name="subject">SID of the message or call they are about.</param>
    /// <param name="account">Whose.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<WebhookPage> WebhooksAsync(
        long? after = null, int? limit = null, string? subject = null, string? account = null, CancellationToken cancellation = default)
    {
        var path = new QueryText("/webhooks").Add("after", after).Add("limit", limit).Add("subject", subject).Add("account", account);
        return _wire.AskAsync(HttpMethod.Get, path.ToString(), null, ClientJson.Default.WebhookPage, cancellation);
    }

    /// <summary>One of them whole: headers and parameters out, headers and body back, every attempt.</summary>
    public Task<Webhook> WebhookAsync(long id, CancellationToken cancellation = default) =>
        _wire.AskAsync(HttpMethod.Get, QueryText.Path("/webhooks", id), null, ClientJson.Default.Webhook, cancellation);

    /// <summary>Sends one of them again, and completes when it is answered.</summary>
    public Task<Webhook> ReplayWebhookAsync(long id, CancellationToken cancellation = default) =>
        _wire.AskAsync(HttpMethod.Post, QueryText.Path("/webhooks", id) + "/replay", null, ClientJson.Default.Webhook, cancellation);

    /// <summary>
    /// Waits, moving virtual time, until the app was asked at a URL, and has answered well: what it does then has been done.
    /// </summary>
    /// <remarks>Every request is found once: told again, the next one is waited for.</remarks>
    /// <param name="url">Whole, or a path: <c>/status</c>.</param>
    /// <param name="status">Value of <c>MessageStatus</c>, <c>CallStatus</c> or
    /// another parameter whose name ends so; null for any request.</param>
    /// <param name="about">SID of the message or call; null for any.</param>
    /// <param name="within">World time; 5 s unless told.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ExpectationFailedException">It was not in time, or its
    /// answer was no success; says what it was told instead.</exception>
    public Task<Webhook> ShouldBeToldAsync(
        string url, string? status = null, string? about = null, TimeSpan? within = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(url);
        return _telling.WaitAsync(url, status, about, within ?? Expectation.UsualWait, cancellation);
    }

    /// <summary>A page of all that happened, oldest first.</summary>
    public Task<JournalPage> JournalAsync(JournalQuery? query = null, CancellationToken cancellation = default)
    {
        query ??= new JournalQuery();
        var path = query.AddTo(new QueryText("/journal")).Add("limit", query.Limit);
        return _wire.AskAsync(HttpMethod.Get, path.ToString(), null, ClientJson.Default.JournalPage, cancellation);
    }

    /// <summary>The journal as it is written, until the caller stops, the emulator goes away or its world is reset.</summary>
    /// <remarks>Without <see cref="JournalQuery.After"/> it begins with what happens next.</remarks>
    /// <exception cref="EmulatorException">The emulator's no; or entries were lost because they were read too slowly.</exception>
    public IAsyncEnumerable<JournalEntry> FollowJournalAsync(JournalQuery? query = null, CancellationToken cancellation = default) =>
        JournalFeed.ReadAsync(_wire, query ?? new JournalQuery(), cancellation);

    /// <summary>Waits, moving virtual time, until the journal holds what is expected.</summary>
    /// <param name="match">Which entries.</param>
    /// <param name="count">How many of them, at least.</param>
    /// <param name="within">World time; 5 s unless told.</param>
    /// <param name="after">Only entries behind this one.</param>
    /// <param name="strict">True fails as well where the account had troubles that
    /// were not asked for: alerts of level error, things not emulated.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The first <paramref name="count"/> of them, and in <see cref="FoundEntries.Also"/> such troubles.</returns>
    /// <exception cref="ExpectationFailedException">It did not happen in time; says what came nearest.</exception>
    public Task<FoundEntries> ExpectAsync(
        EntryMatch match, int count = 1, TimeSpan? within = null, long after = 0, bool strict = false,
        CancellationToken cancellation = default) =>
        new Expectation(_wire, match, "count", count, within, after, strict).WaitAsync(cancellation);

    /// <summary>Waits the whole time, and sees to it that there are neither less nor more.</summary>
    /// <param name="match">Which entries.</param>
    /// <param name="exactly">How many; 0 for none at all.</param>
    /// <param name="within">World time; 5 s unless told.</param>
    /// <param name="after">Only entries behind this one.</param>
    /// <param name="strict">As of <see cref="ExpectAsync"/>.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ExpectationFailedException">There are less or more.</exception>
    public Task<FoundEntries> ExpectExactlyAsync(
        EntryMatch match, int exactly, TimeSpan? within = null, long after = 0, bool strict = false,
        CancellationToken cancellation = default) =>
        new Expectation(_wire, match, "exactly", exactly, within, after, strict).WaitAsync(cancellation);

    /// <summary>How near the operations of Twilio's APIs come to the live service.</summary>
    /// <param name="product">Host label, such as <c>verify</c>; null for all.</param>
    /// <param name="fidelity"><c>behaves</c>, <c>stores</c> or <c>shape</c>; null for all.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<FidelityReport> FidelityAsync(
        string? product = null, string? fidelity = null, CancellationToken cancellation = default) =>
        _wire.AskAsync(
            HttpMethod.Get, new QueryText("/fidelity").Add("product", product).Add("fidelity", fidelity).ToString(), null,
            ClientJson.Default.FidelityReport, cancellation);

    /// <summary>Puts a resource where the live service's own doings would leave one, for the app to find.</summary>
    /// <param name="product">Host label: <c>video</c>.</param>
    /// <param name="path">From the version on, with a leading slash: <c>/v1/Rooms/RM.../Participants</c>.</param>
    /// <param name="properties">Names as in Twilio's answers.</param>
    /// <param name="account">SID; null for the first account.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="EmulatorException">404: no such place; 409: the emulator itself makes what is there.</exception>
    public Task PutResourceAsync(
        string product, string path, JsonObject properties, string? account = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        var call = new QueryText($"/resources/{Uri.EscapeDataString(product)}/{path.TrimStart('/')}").Add("account", account);
        return _wire.AskAsync(HttpMethod.Put, call.ToString(), properties, ClientJson.Default.JsonElement, cancellation);
    }

    /// <summary>The root certificate that clients of the TLS port and the proxy are to trust, PEM.</summary>
    public Task<string> CaPemAsync(CancellationToken cancellation = default) => _wire.ReadTextAsync("/ca.pem", cancellation);

    /// <summary>The machine's own roots and that one, PEM: for programs that trust one file only.</summary>
    public Task<string> CaBundlePemAsync(CancellationToken cancellation = default) => _wire.ReadTextAsync("/ca-bundle.pem", cancellation);

    /// <summary>A call of the control API that this client has no method for.</summary>
    /// <param name="method">GET, PUT, POST.</param>
    /// <param name="path">Below <c>/_emu/v1</c>, query included: <c>/conditions</c>.</param>
    /// <param name="body">Null for none.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<JsonElement> SendAsync(HttpMethod method, string path, JsonObject? body = null, CancellationToken cancellation = default) =>
        _wire.AskAsync(method, path, body, ClientJson.Default.JsonElement, cancellation);

    /// <summary>A handler that leads Twilio requests of an app's HTTP client to this emulator, by sockets.</summary>
    public TwilioRedirectHandler CreateRedirectHandler() => new(BaseUrl, new SocketsHttpHandler());

    /// <inheritdoc/>
    public void Dispose() => _wire.Dispose();
}
