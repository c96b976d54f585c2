using TwilioEmu.Accounts.Attaching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Messaging.Consent;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Links;
using TwilioEmu.Messaging.Mms;
using TwilioEmu.Messaging.Operations;
using TwilioEmu.Messaging.Receiving;
using TwilioEmu.Messaging.Registrations;
using TwilioEmu.Messaging.Sending;
using TwilioEmu.Messaging.Services;

namespace TwilioEmu.Messaging;

/// <summary>Programmable Messaging of one world: its desk at the front door, its mailbox at the back door, its letters to the app.</summary>
/// <remarks>Loop-confined.</remarks>
/// <param name="rules">What becomes of registrations; null for the usual.</param>
public sealed class MessagingProduct(RegistrationRules? rules = null) : IProduct
{
    private readonly List<ITextInterest> _interests = [];
    private Outbox? _outbox;
    private TextDesk? _desk;
    private ServiceBook? _services;
    private World? _world;
    private RegistrationDesk? _registrations;
    private LinkDesk? _links;

    /// <summary>Where messages wait and leave.</summary>
    public Outbox Outbox => _outbox ?? throw new InvalidOperationException("messaging is not attached yet");

    /// <summary>Told of every change of an outbound message, with its entry. Loop-confined.</summary>
    public event Action<Message, Entry>? Changed;

    /// <summary>From now on it is asked of every text that comes in, in the order of asking.</summary>
    public void Interest(ITextInterest interest) => _interests.Add(interest);

    /// <summary>Sends a text for another product; it stands in the account's list, and nobody but <see cref="Changed"/> is told of it.</summary>
    /// <returns>The message, queued; null when the number cannot text, or its queue is full.</returns>
    public Message? Send(AccountSid account, string from, string to, string body, IReadOnlyList<string> media, long cause) =>
        (_desk ?? throw new InvalidOperationException("messaging is not attached yet")).Send(account, from, to, body, media, cause);

    /// <summary>Sets the opt-out keywords of a Messaging Service; none for the usual ones. A turn of the loop.</summary>
    /// <returns>False where the account has no such service.</returns>
    public bool SetOptOut(AccountSid account, string service, IReadOnlyList<OptOutRule> rules)
    {
        if (_services?.Find(account, service) is null) return false;
        if (rules.Count == 0) _world!.Store.Remove(OptOutSettings.Table, account, service, ConsentEntries.KeywordsDropped, 0);
        else _world!.Store.Put(OptOutSettings.Table, account, new OptOutSettings(service, rules), ConsentEntries.KeywordsSet, 0);
        return true;
    }

    /// <summary>Moves a brand, campaign or toll-free verification to a status. A turn of the loop.</summary>
    /// <returns>False where the account has none of that SID.</returns>
    public bool MoveRegistration(AccountSid account, string sid, string status, int? errorCode, int? score) =>
        _registrations?.Move(account, sid, status, errorCode, score) ?? false;

    /// <summary>True for the host of somebody's short links. A turn of the loop.</summary>
    public bool IsLinkHost(string host) => _links?.IsHost(host) ?? false;

    /// <summary>Somebody follows a short link: where it leads, or null. A turn of the loop.</summary>
    /// <param name="code">The link's path, without the slash.</param>
    /// <param name="userAgent">What follows it.</param>
    public string? Click(string code, string? userAgent) => _links?.Click(code, userAgent);

    /// <inheritdoc/>
    public void Attach(Floor floor)
    {
        var (world, numbers) = (floor.World, floor.Numbers);
        _world = world;
        var reporter = new StatusReporter(floor.NewLooseLanes(), floor.Exchange, floor.Accounts.TokenOf);
        var services = _services = new ServiceBook(world, numbers, floor.Documents);
        var consents = new ConsentBook(world);
        var registrations = _registrations = new RegistrationDesk(world, floor.Documents, numbers, services, rules ?? new RegistrationRules());
        var senders = new SenderBook(numbers, registrations.CampaignOf);
        var apps = new MessagingApps(floor.Documents);
        var outbox = _outbox = new Outbox(
            world, floor.Exchange, floor.Prices, (message, change) =>
            {
                reporter.Tell(message, change.Seq);
                Changed?.Invoke(message, change);
            },
            message => BarOf(consents, registrations, message));
        var shelf = new MediaShelf();
        outbox.FetchMedia = new MediaFetch(world, floor.Letterbox, shelf, outbox).Begin;
        _desk = new TextDesk(world, senders, services, consents, outbox);
        floor.Accounts.Closed += outbox.Close;
        var links = _links = new LinkDesk(world, floor.Documents, floor.NewLooseLanes(), floor.Accounts.TokenOf, floor.PublicUrl);
        var dispatch = new Dispatch(world, services, senders, new SenderChoice(world, services, senders, outbox), consents, links, outbox);
        var schedule = new Schedule(world, dispatch, outbox);
        floor.Exchange.Attach(new Inbox(
            world, numbers, services, new InboundRoutes(apps), new KeywordDesk(world, services, consents, floor.Exchange), shelf, floor.Letterbox, outbox,
            new ReplySender(world, outbox, senders, services, consents), floor.Prices, floor.Accounts.TokenOf,
            (message, item) => $"{floor.PublicUrl}/2010-04-01/Accounts/{message.Account.Value}/Messages/{message.Sid}/Media/{item.Sid}",
            (inbound, cause) => _interests.Any(i => i.Takes(inbound, cause))));
        var create = new MessageCreate(world, numbers, senders, services, consents, apps, floor.Documents, outbox, dispatch, schedule);
        var read = new MessageRead(world, schedule);
        var media = new MediaOperations(world, shelf);
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
        foreach (var (operation, overlay) in new PoolOperations(services, numbers, floor.Documents).Overlays.Concat(registrations.Overlays)) floor.Door.Over(operation, overlay);
        string? ScopeOf(AccountSid account, string sender) =>
            services.Find(account, sender)?.Sid ?? (numbers.Find(sender) is { } number && number.Account == account ? services.ScopeOf(account, sender) : null);
        floor.Door.On("accounts_v1/CreateBulkConsents", new ConsentOperations(world, consents, ScopeOf).Create);
        floor.HangForTests([("CreateMessage", new TestMessages(world).Create)]);
    }

    /// <summary>What keeps a message from its recipient before any phone sees it.</summary>
    private static Bar? BarOf(ConsentBook consents, RegistrationDesk registrations, Message message)
    {
        if (message.Extras is { Media.Count: > 0, HasMediaAsLink: false } && !MediaRoutes.IsThere(message.To)) return new Bar(DeliveryErrors.NoMediaThere, LeavesTwilio: false);
        if (registrations.BarOf(message.Account, message.From, message.To) is { } unregistered) return new Bar(unregistered, LeavesTwilio: false);
        return consents.IsBlocked(message.Account, message.From, message.To) ? new Bar(DeliveryErrors.NetworkBlock, LeavesTwilio: true) : null;
    }
}
