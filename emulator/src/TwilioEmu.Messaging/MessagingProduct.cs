using TwilioEmu.Accounts.Attaching;
using TwilioEmu.Accounts.Registrations;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Messaging.Channels;
using TwilioEmu.Messaging.Consent;
using TwilioEmu.Messaging.Content;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Links;
using TwilioEmu.Messaging.Mms;
using TwilioEmu.Messaging.Operations;
using TwilioEmu.Messaging.Permissions;
using TwilioEmu.Messaging.Receiving;
using TwilioEmu.Messaging.Registrations;
using TwilioEmu.Messaging.Sending;
using TwilioEmu.Messaging.Services;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Twiml.Reading;

namespace TwilioEmu.Messaging;

/// <summary>
/// Programmable Messaging of one world: its desk at the front door, its mailbox at the back door, its letters to the app.
/// </summary>
/// <remarks>Loop-confined.</remarks>
/// <param name="rules">What becomes of registrations; null for the usual.</param>
public sealed class MessagingProduct(RegistrationRules? rules = null) : IProduct
{
    /// <summary>How paths of links to messages' files begin.</summary>
    public const string MediaPrefix = MediaLinks.Prefix;

    private readonly List<ITextInterest> _interests = [];
    private Outbox? _outbox;
    private TextDesk? _desk;
    private ServiceBook? _services;
    private World? _world;
    private InboundRecords? _records;
    private RegistrationDesk? _registrations;
    private ProfileDesk? _profiles;
    private ContentOperations? _content;
    private ChannelOperations? _channels;
    private LinkDesk? _links;
    private Action? _resume;
    private TemplateBook? _templates;
    private ChannelSenderBook? _senders;
    private MediaShelf? _shelf;
    private MediaLinks? _mediaLinks;

    private RegistrationRules Rules { get; } = rules ?? new RegistrationRules();

    /// <summary>How many messages of an account may be scheduled.</summary>
    public int MaxScheduled { get; init; } = Schedule.MaxPending;

    /// <summary>Where messages wait and leave.</summary>
    public Outbox Outbox => _outbox ?? throw new InvalidOperationException("messaging is not attached yet");

    /// <summary>Told of every change of an outbound message, with its entry. Loop-confined.</summary>
    public event Action<Message, Entry>? Changed;

    /// <summary>From now on it is asked of every text that comes in, in the order of asking.</summary>
    public void Interest(ITextInterest interest) => _interests.Add(interest);

    private bool IsTaken(Message text, long cause)
    {
        foreach (var interest in _interests) if (interest.Takes(text, cause)) return true;
        return false;
    }

    private bool IsShared(Message text)
    {
        foreach (var interest in _interests) if (interest.Shares(text)) return true;
        return false;
    }

    /// <summary>
    /// What an app's webhook is told of a text that came in, for another product that tells it in its place. A turn of the loop.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> ParametersOf(Message inbound) =>
        InboundParameters.Of(inbound, null, item => _records!.UrlOf(inbound, item));

    /// <summary>
    /// Sends a text for another product; it stands in the account's list, and nobody but <see cref="Changed"/> is told of it.
    /// </summary>
    /// <returns>The message, queued; null when the number cannot text, or its queue is full.</returns>
    public Message? Send(AccountSid account, string from, string to, string body, IReadOnlyList<string> media, long cause) =>
        Send(account, from, to, body, [.. media.Select(url => new MediaItem("", url, MediaItem.TypeOf(url)))], null, cause);

    /// <summary>The same with media that another message carries, or made of a template where one is given.</summary>
    public Message? Send(
        AccountSid account, string from, string to, string body, IReadOnlyList<MediaItem> media, ContentOrder? content, long cause) =>
        (_desk ?? throw new InvalidOperationException("messaging is not attached yet"))
            .Send(account, from, to, body, media, content, cause);

    /// <summary>
    /// What WhatsApp calls the person of a message towards its account, <c>whatsapp:US.4566546130240823</c>; null on other channels.
    /// </summary>
    public static string? ExternalUserIdOf(Message message) => ChannelAddress.ChannelOf(message.From) != ChannelAddress.WhatsApp
        ? null
        : BusinessScopedId.Of(
            message.Account, ChannelAddress.Bare(message.Direction == MessageDirection.Inbound ? message.From : message.To));

    /// <summary>What the bytes of a file are kept by; off the loop, where they are many.</summary>
    public static string NameOfMedia(ReadOnlySpan<byte> content) => MediaShelf.NameOf(content);

    /// <summary>Keeps a file for another product, which texts may carry then. A turn of the loop.</summary>
    /// <param name="sid">Of the file.</param>
    /// <param name="contentType">Its type.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="name">Theirs (<see cref="NameOfMedia"/>).</param>
    public MediaItem KeepMedia(string sid, string contentType, ReadOnlyMemory<byte> content, string name) =>
        new(sid, $"data:{MediaTypes.Bare(contentType)}", MediaTypes.Bare(contentType))
        {
            Hash = _shelf!.Put(content, name),
            ByteCount = content.Length,
        };

    /// <summary>A file's bytes; null where they are not kept (any more). A turn of the loop.</summary>
    public ReadOnlyMemory<byte>? BytesOf(MediaItem item) => _shelf!.Find(item.Hash);

    /// <summary>The file that a link to a message's media opens; null for none. A turn of the loop.</summary>
    /// <param name="path">The link's: <c>/mms/AC.../MM.../ME...</c>.</param>
    /// <param name="expires">As its query says.</param>
    /// <param name="signature">As its query says.</param>
    public OpenedMedia? OpenMedia(string path, string? expires, string? signature) => _mediaLinks!.Open(path, expires, signature);

    /// <summary>The texts of a document that another product was answered, and what is told of the rest, which is passed over.</summary>
    public static (IReadOnlyList<(string Body, IReadOnlyList<string> MediaUrls)> Replies, IReadOnlyList<TwimlWarning> Warnings) ReadReplies(
        TwimlElement response)
    {
        var (verbs, warnings) = ReplyDocument.Read(response);
        return (
            [
                .. verbs.OfType<ReplyVerb.Message>().Where(m => m.Body.Length > 0 || m.MediaUrls.Length > 0)
                    .Select(m => (m.Body, (IReadOnlyList<string>)m.MediaUrls)),
            ],
            // There is no chain of documents to go on with.
            [.. warnings,
                .. response.Elements.Where(e => e.Name == "Redirect").Select(e => TwimlWarning.UnknownElement(e, response.Name))]);
    }

    /// <summary>Sends a text for a call (<c>&lt;Sms&gt;</c> in its document).</summary>
    /// <returns>The message, queued; or Twilio's code for why there is none, with words.</returns>
    public (Message? Message, int Code, string Why) SendInCall(
        AccountSid account, string from, string to, string body, string? statusCallback, long cause) =>
        (_desk ?? throw new InvalidOperationException("messaging is not attached yet"))
            .SendInCall(account, from, to, body, statusCallback, cause);

    /// <summary>Reads <c>ContentSid</c> and <c>ContentVariables</c> of a request for another product.</summary>
    /// <returns>The order, or what is wrong: 21655, 21656.</returns>
    public (ContentOrder? Order, TwilioError? Fault) ReadContent(AccountSid account, string sid, string? variables)
    {
        if (TemplateBook.ReadVariables(variables) is not { } values) return (null, TemplateBook.InvalidVariables);
        var order = new ContentOrder(sid, values);
        return _templates!.Fault(account, order) is { } fault ? (null, fault) : (order, null);
    }

    /// <summary>Sets the opt-out keywords of a Messaging Service; none for the usual ones. A turn of the loop.</summary>
    /// <returns>False where the account has no such service.</returns>
    public bool SetOptOut(AccountSid account, string service, IReadOnlyList<OptOutRule> rules)
    {
        if (_services?.Find(account, service) is null) return false;
        if (rules.Count == 0) _world!.Store.Remove(OptOutSettings.Table, account, service, ConsentEntries.KeywordsDropped, 0);
        else _world!.Store.Put(OptOutSettings.Table, account, new OptOutSettings(service, rules), ConsentEntries.KeywordsSet, 0);
        return true;
    }

    /// <summary>
    /// Moves a brand, campaign, toll-free verification, profile, template or channel's sender to a status. A turn of the loop.
    /// </summary>
    /// <returns>False where the account has none of that SID.</returns>
    public bool MoveRegistration(AccountSid account, string sid, string status, int? errorCode, int? score, string? reason = null) =>
        (_registrations?.Move(account, sid, status, errorCode, score) ?? false)
            || (_profiles?.Move(account, sid, status, errorCode) ?? false)
            || (_content?.Move(account, sid, status, reason) ?? false)
            || (_channels?.Move(account, sid, status) ?? false);

    /// <summary>Makes a WhatsApp sender a sandbox: only phones that text <c>join CODE</c> are written to. A turn of the loop.</summary>
    /// <exception cref="InvalidOperationException">The account has no such sender.</exception>
    public void MakeSandbox(AccountSid account, string sid, string joinCode) =>
        (_channels ?? throw new InvalidOperationException("messaging is not attached yet")).MakeSandbox(account, sid, joinCode);

    /// <summary>The SID of an account's WhatsApp or RCS sender, or null. A turn of the loop.</summary>
    public string? ChannelSidOf(AccountSid account, string address) => _senders?.Find(account, address)?.Sid;

    /// <summary>What is wrong with an account's template beyond its shape, or null. A turn of the loop.</summary>
    public string? FaultOfTemplate(AccountSid account, string sid) =>
        _templates?.Find(account, sid) is { } template ? ContentOperations.FaultOf(template)?.Message : null;

    /// <summary>The accounts that have a Messaging Service of a SID: one, or none. A turn of the loop.</summary>
    public IReadOnlyList<AccountSid> OwnersOfService(string sid) => [.. _world!.Store.OwnersOf(ServiceBook.List).Where(a =>
        _services!.Find(a, sid) is not null)];

    /// <summary>True for the host of somebody's short links. A turn of the loop.</summary>
    public bool IsLinkHost(string host) => _links?.IsHost(host) ?? false;

    /// <summary>Somebody follows a short link: where it leads, or null. A turn of the loop.</summary>
    /// <param name="code">The link's path, without the slash.</param>
    /// <param name="userAgent">What follows it.</param>
    public string? Click(string code, string? userAgent) => _links?.Click(code, userAgent);

    /// <inheritdoc/>
    public void Resume() => _resume?.Invoke();

    /// <inheritdoc/>
    public void Attach(Floor floor)
    {
        floor.Door.Declare(new("api_v2010") { OwnChecks = ["CreateMessage", "UpdateMessage"] });
        floor.Door.Declare(LinkDesk.Codes);
        var (world, numbers) = (floor.World, floor.Numbers);
        _world = world;
        var channels = _senders = new ChannelSenderBook(world, floor.Exchange);
        var sessions = new SessionBook(world);
        var contacts = new ContactBook(channels, sessions, floor.Exchange);
        var templates = _templates = new TemplateBook(world, floor.Documents);
        var reporter = new StatusReporter(
            floor.NewLooseLanes(), floor.Exchange,
            message =>
                ChannelAddress.ChannelOf(message.From) is { } channel
                    ? ChannelStatusParameters.Of(message, channel, channels.Find(message.Account, message.From)?.Sid)
                    : StatusParameters.Of(message));
        var services = _services = new ServiceBook(world, numbers, floor.Documents, channels);
        var consents = new ConsentBook(world);
        var registrations = _registrations = new RegistrationDesk(world, floor.Documents, numbers, services, Rules);
        var profiles = _profiles = new ProfileDesk(world, floor.Documents, Rules);
        var senders = new SenderBook(numbers, registrations.CampaignOf, channels);
        var apps = new MessagingApps(numbers);
        var permissions = new GeoPermissionOperations(world);
        var destinations = new DestinationRules(floor.Accounts, permissions, number => floor.LineTypes?.Invoke(number));
        var trials = new TrialRules(floor.Accounts, numbers);
        var caps = new DailyCaps(world, registrations, number => floor.Carriers?.Invoke(number));
        var bars = new Bars(consents, registrations, caps, new ChannelBars(channels, sessions, templates, numbers), destinations);
        var outbox = _outbox = new Outbox(
            world, floor.Exchange, floor.Prices, (message, change) =>
            {
                reporter.Tell(message, change.Seq);
                if (message.Status == MessageStatus.Sent)
                {
                    caps.Count(message, change.Seq);
                    contacts.Learn(message, change.Seq);
                }
                Changed?.Invoke(message, change);
            },
            bars.Of);
        outbox.GateOf = new MediaGates(numbers, floor.Accounts).Of;
        var shelf = _shelf = new MediaShelf(world.Options.MaxMediaBytes);
        outbox.FetchMedia = new MediaFetch(world, floor.Letterbox, shelf, outbox).Begin;
        var rendering = new ContentRendering(world, templates);
        _desk = new TextDesk(world, senders, services, consents, rendering, outbox);
        floor.Accounts.Closed += outbox.Close;
        var links = _links = new LinkDesk(world, floor.Documents, floor.NewLooseLanes(), floor.PublicUrl);
        var form = new FinalForm(world, new ChannelChoice(world, services, channels, floor.Exchange), rendering, links);
        var dispatch = new Dispatch(world, services, consents, form, new SenderChoice(world, services, senders, outbox), outbox);
        var schedule = new Schedule(world, dispatch, outbox, MaxScheduled);
        _resume = new Resumption(world, outbox, senders, dispatch, schedule).Run;
        var records = _records = new InboundRecords(world, floor.Prices, shelf, contacts, floor.PublicUrl);
        var inbound = new InboundChannels(channels, sessions, new SandboxDesk(world, sessions, floor.Exchange));
        var replies = new ReplyRules(
            services, consents, (account, to, body) => trials.MayWriteTo(account, to) ? trials.Mark(account, to, body) : null);
        var inbox = new Inbox(
            world, new InboundAddressees(numbers, services, inbound, new InboundRoutes(apps)), records,
            new KeywordDesk(world, services, consents, floor.Exchange),
            floor.Letterbox, new ReplySender(world, outbox, senders, services, channels, replies))
        {
            IsTaken = IsTaken,
            IsShared = IsShared,
        };
        floor.Exchange.Attach(inbox);
        _resume += inbox.Resume;
        var finder = new SenderFinder(numbers, senders, services);
        var rules = new AcceptanceRules(new DailyQuota(world, floor.Accounts), trials, destinations, services, consents, contacts);
        var callbacks = new MessageCallbacks(apps, channels);
        var create = new MessageCreate(
            world, finder, rules, templates, new DirectSending(world, finder, rules, templates, callbacks, outbox),
            new ServiceSending(world, services, rules, callbacks, dispatch, schedule));
        var read = new MessageRead(world, schedule);
        var media = new MediaOperations(world, shelf, _mediaLinks = new MediaLinks(world, shelf, floor.Accounts));
        floor.Hang(
        [
            ("CreateMessage", create.Create),
            ("FetchMessage", read.Fetch),
            ("ListMessage", read.List),
            ("UpdateMessage", read.Update),
            ("DeleteMessage", read.Delete),
            ("ListMedia", media.List),
            ("FetchMedia", media.Fetch),
            ("DeleteMedia", media.Delete),
            ("CreateMessageFeedback", new FeedbackOperations(world).Create),
        ]);
        var content = _content = new ContentOperations(
            world, templates, new ReviewRules { After = Rules.After, Approves = Rules.Approves });
        var channelDesk = _channels = new ChannelOperations(world, floor.Documents, channels, numbers, floor.Exchange, Rules.After);
        content.KeepAppointments();
        channelDesk.KeepAppointments();
        floor.Hang([.. content.Behaviours, .. channelDesk.Behaviours, .. permissions.Behaviours, .. registrations.Behaviours]);
        floor.Lay(
        [
            .. new PoolOperations(services, numbers, floor.Documents).Overlays, .. registrations.Overlays, .. profiles.Overlays,
            .. content.Overlays,
            .. channelDesk.Overlays, .. links.Overlays,
        ]);
        string? ScopeOf(AccountSid account, string sender) =>
            services.Find(account, sender)?.Sid
                ?? (numbers.Find(sender) is { } number && number.Account == account ? services.ScopeOf(account, sender) : null);
        floor.Door.On("accounts_v1/CreateBulkConsents", new ConsentOperations(world, consents, ScopeOf).Create);
        floor.HangForTests([("CreateMessage", new TestMessages(world).Create)]);
    }
}
