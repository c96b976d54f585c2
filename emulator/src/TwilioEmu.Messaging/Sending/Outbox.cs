using TwilioEmu.Accounts.Billing;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Messaging.Channels;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Messaging.Sending;

/// <summary>Takes accepted messages through their lives: queue, carrier, receipt.</summary>
/// <remarks>
/// The only place where an outbound message changes its status, by the table of <see cref="MessageStatuses"/>; each change is
/// a journal entry caused by the one before it, and is told to <paramref name="changed"/>. Loop-confined.
/// </remarks>
/// <param name="world">Clock, journal and store.</param>
/// <param name="exchange">Where messages go.</param>
/// <param name="prices">What a message costs.</param>
/// <param name="changed">Told of every change after the first status, in order.</param>
/// <param name="barOf">What keeps a message from its recipient before any phone sees it; null for nothing.</param>
public sealed class Outbox(
    World world, Exchange exchange, IPriceBook prices, Action<Message, Entry> changed, Func<Message, Bar?> barOf) : IReceipts
{
    private const int MaxIdleQueues = 10_000;

    private readonly Dictionary<(AccountSid Account, string Sender), SendQueue> _queues = [];
    private readonly Dictionary<string, TaskCompletionSource<Message>> _departures = [];
    private readonly HashSet<string> _waitingForMedia = [];

    /// <summary>Asked to fetch the media of a message that was queued; set once, by whoever fetches.</summary>
    internal Action<Message, long>? FetchMedia { get; set; }

    /// <summary>Where a message waits once its sender's turn has come; null for nowhere. Set once.</summary>
    internal Func<Message, MediaGate?>? GateOf { get; set; }

    /// <summary>True when the sender's queue takes that many more segments.</summary>
    public bool HasRoom(AccountSid account, Sender sender, int segmentCount) =>
        !_queues.TryGetValue((account, sender.Queue), out var queue) || queue.HasRoom(segmentCount / sender.SegmentsPerSecond);

    /// <summary>A new message: whatever its first status, nobody is told of it.</summary>
    /// <param name="message">New.</param>
    /// <param name="cause">Seq of the entry it follows from.</param>
    internal Entry Enter(Message message, long cause) =>
        world.Store.Put(Message.Table, message.Account, message, message.Status.Kind(), cause);

    /// <summary>A new message whose sender is chosen, and its place in the sender's queue.</summary>
    public Entry Accept(Message message, Sender sender, long cause)
    {
        var entry = Enter(message, cause);
        Line(message, sender, entry.Seq);
        return entry;
    }

    /// <summary>A message that was accepted or scheduled has its sender now and takes its place in the queue.</summary>
    internal Entry Queue(Message message, Sender sender, long cause)
    {
        var entry = Change(message, MessageStatus.Queued, cause);
        Line(message, sender, entry.Seq);
        return entry;
    }

    /// <summary>A message that waits for its sender or its turn will not leave.</summary>
    internal void Fail(Message message, int errorCode, long cause) =>
        Change(message with { ErrorCode = errorCode }, MessageStatus.Failed, cause);

    /// <summary>A scheduled message is taken back.</summary>
    internal Message Cancel(Message message, long cause)
    {
        Change(message, MessageStatus.Canceled, cause);
        return Table(message.Account).Find(message.Sid)!;
    }

    /// <summary>A message that comes to be and fails in the same instant: it never takes a place in a queue.</summary>
    /// <param name="message">New, its status <see cref="MessageStatus.Queued"/>.</param>
    /// <param name="errorCode">Why.</param>
    /// <param name="cause">Seq of the entry it follows from.</param>
    public Entry Refuse(Message message, int errorCode, long cause)
    {
        var entry = world.Store.Put(Message.Table, message.Account, message, MessageStatus.Queued.Kind(), cause);
        return Change(message with { ErrorCode = errorCode }, MessageStatus.Failed, entry.Seq);
    }

    /// <summary>Completes when a queued message has left (sent) or never will (failed).</summary>
    public Task<Message> WhenLeftAsync(Message message)
    {
        var departure = new TaskCompletionSource<Message>();
        _departures[message.Sid] = departure;
        return departure.Task;
    }

    /// <inheritdoc/>
    public void Accepted(TextMessage text)
    {
        if (Find(text) is not { } message) return;
        var price = prices.OfMessage(message.From, PersonOf(message), isInbound: false, message.SegmentCount, message.Extras.IsMms);
        Change(message with { Sent = world.Clock.GetUtcNow(), Price = Price.Of(price) }, MessageStatus.Sent, text.Cause);
    }

    /// <inheritdoc/>
    public void Refused(TextMessage text, int errorCode)
    {
        if (Find(text) is { } message) Change(message with { ErrorCode = errorCode }, MessageStatus.Failed, text.Cause);
    }

    /// <inheritdoc/>
    public void Delivered(TextMessage text)
    {
        if (Find(text) is { } message) Change(message, MessageStatus.Delivered, text.Cause);
    }

    /// <inheritdoc/>
    public void Undelivered(TextMessage text, int errorCode)
    {
        if (Find(text) is { } message) Change(message with { ErrorCode = errorCode }, MessageStatus.Undelivered, text.Cause);
    }

    /// <inheritdoc/>
    public void Read(TextMessage text)
    {
        if (Find(text) is { Status: MessageStatus.Delivered } message) Change(message, MessageStatus.Read, text.Cause);
    }

    /// <summary>An account was closed: what waits will not leave.</summary>
    /// <remarks>30002: the account was suspended between the time of sending and delivery (twilio.com/docs/api/errors/30002).</remarks>
    public void Close(AccountSid account, long cause)
    {
        foreach (var waiting in Table(account).OldestFirst()
            .Where(m => m.Status is MessageStatus.Queued or MessageStatus.Accepted or MessageStatus.Scheduled).ToList())
        {
            Change(waiting with { ErrorCode = DeliveryErrors.AccountSuspended }, MessageStatus.Failed, cause);
        }
    }

    /// <summary>Every sender's queue that is not idle, those that wait longest first.</summary>
    public IEnumerable<QueueState> Queues => _queues.Where(q => !q.Value.IsIdle)
        .Select(q => new QueueState(
            q.Key.Account, q.Key.Sender, q.Value.SegmentsPerSecond, q.Value.WaitingCount, q.Value.WaitingSegmentCount, q.Value.Capacity,
            q.Value.LastLeaves))
        .OrderByDescending(q => q.LastLeaves).ThenBy(q => q.Sender, StringComparer.Ordinal);

    private void Line(Message message, Sender sender, long cause)
    {
        QueueOf(message.Account, sender.Queue).Add(PlaceOf(message, sender, cause));
        Await(message, cause);
    }

    /// <summary>The media of a message were fetched; where its turn has come meanwhile, it leaves now.</summary>
    internal void MediaHere(Message message, IReadOnlyList<MediaItem> items, long cause)
    {
        if (Table(message.Account).Find(message.Sid) is not { Status: MessageStatus.Queued } waiting) return;
        waiting = waiting with { Extras = waiting.Extras with { Media = items, IsMediaHere = true } };
        var entry = world.Store.Put(Message.Table, waiting.Account, waiting, MessageEntries.MediaFetched, cause);
        if (_waitingForMedia.Remove(message.Sid)) Submit(waiting, entry.Seq);
    }

    /// <summary>The media of a message could not be had, or not be carried: it fails.</summary>
    internal void MediaMissing(Message message, int errorCode, long cause)
    {
        _waitingForMedia.Remove(message.Sid);
        if (Table(message.Account).Find(message.Sid) is { Status: MessageStatus.Queued } waiting) Fail(waiting, errorCode, cause);
    }

    /// <summary>A message that waited in an earlier process takes its place again; those that waited longest first.</summary>
    internal void Resume(string queue, QueuedMessage place) => QueueOf(place.Account, queue).Resume(place);

    /// <summary>Its place in its sender's queue.</summary>
    internal static QueuedMessage PlaceOf(Message message, Sender sender, long cause) =>
        new(message.Account, Sid.Parse(message.Sid), message.SegmentCount, sender.SegmentsPerSecond, cause);

    /// <summary>What befalls a message while it waits: its media come, or it expires.</summary>
    internal void Await(Message message, long cause)
    {
        if (message.Extras.Validity < MessageExtras.MaxValidity) ExpireIn(message, cause);
        if (message.Extras.Media.Count > 0 && !message.Extras.IsMediaHere && barOf(message) is null) FetchMedia?.Invoke(message, cause);
    }

    /// <summary>
    /// A message that was on its way in an earlier process: one the carrier had
    /// taken is reported when it would have been, one it had not is handed over.
    /// </summary>
    internal void ResumeUnderway(Message message, long cause)
    {
        var text = TextOf(message, cause);
        if (message is { Status: MessageStatus.Sent, Sent: { } sent }) exchange.MessageLine(text.To).Resume(text, this, sent);
        else exchange.MessageLine(text.To).Submit(text, this);
    }

    private SendQueue QueueOf(AccountSid account, string name) =>
        _queues.TryGetValue((account, name), out var queue) ? queue : NewQueue(account, name, Leave, null);

    private SendQueue QueueOf(MediaGate gate) =>
        _queues.TryGetValue((gate.Parent, gate.Name), out var queue)
            ? queue
            : NewQueue(gate.Parent, gate.Name, LeaveGate, TimeSpan.Zero);

    private SendQueue NewQueue(AccountSid account, string name, Func<QueuedMessage, bool> leave, TimeSpan? pickUp)
    {
        // Alphanumeric senders are anybody's choice: queues that are idle are forgotten before they pile up.
        if (_queues.Count >= MaxIdleQueues)
        {
            foreach (var (key, idle) in _queues.Where(q => q.Value.IsIdle).ToList())
            {
                _queues.Remove(key);
                idle.Dispose();
            }
        }
        var queue = new SendQueue(world, leave, $"queue/{account}/{name}", pickUp);
        _queues.Add((account, name), queue);
        return queue;
    }

    /// <summary>Hands the message to the carrier; false when it was gone already.</summary>
    private bool Leave(QueuedMessage queued)
    {
        // Gone when it expired, was cancelled or deleted while it waited.
        if (Table(queued.Account).Find(queued.Sid) is not { Status: MessageStatus.Queued } message) return false;
        if (world.Clock.GetUtcNow() - (message.Extras.SendAt ?? message.Created) > message.Extras.Validity)
        {
            Change(message with { ErrorCode = DeliveryErrors.ValidityExpired }, MessageStatus.Failed, queued.Cause);
            return false;
        }
        if (GateOf?.Invoke(message) is { } gate)
        {
            QueueOf(gate).Add(queued with { SegmentCount = 1, SegmentsPerSecond = gate.MessagesPerSecond });
            return true;
        }
        Pass(message, queued.Cause);
        return true;
    }

    /// <summary>It has left the queue of its gate, too; false when it was gone already.</summary>
    private bool LeaveGate(QueuedMessage queued)
    {
        if (Table(queued.Account).Find(queued.Sid) is not { Status: MessageStatus.Queued } message) return false;
        Pass(message, queued.Cause);
        return true;
    }

    /// <summary>Its turn has come everywhere.</summary>
    private void Pass(Message message, long cause)
    {
        // Its turn is used; it leaves when its media are here. Texts of the same sender go on.
        if (message.Extras.Media.Count > 0 && !message.Extras.IsMediaHere && FetchMedia is not null && barOf(message) is null)
        {
            _waitingForMedia.Add(message.Sid);
            return;
        }
        Submit(message, cause);
    }

    private void Submit(Message message, long cause)
    {
        var sending = Change(message, MessageStatus.Sending, cause);
        var text = TextOf(message, sending.Seq);
        if (barOf(message) is not { } bar)
        {
            exchange.MessageLine(text.To).Submit(text, this);
            return;
        }
        if (bar.LeavesTwilio)
        {
            Accepted(text);
            Undelivered(text, bar.ErrorCode);
        }
        else
        {
            Refused(text, bar.ErrorCode);
        }
    }

    private static TextMessage TextOf(Message message, long cause)
    {
        IReadOnlyList<string> media = message.Extras.HasMediaAsLink || message.Extras.Media.Count == 0
            ? [] : [.. message.Extras.Media.Select(m => m.Url)];
        // An RCS agent writes to the phone's own address on its channel, whatever the request called it.
        var to = ChannelAddress.ChannelOf(message.From) is { } channel
            ? ChannelAddress.On(channel, ChannelAddress.Bare(PersonOf(message))) : message.To;
        return new TextMessage(message.Account, message.Sid, message.From, to, message.Body, media, cause)
        {
            Content = message.Extras.Shown,
        };
    }

    /// <summary>The address with the number, where the message has an id in its stead.</summary>
    private static string PersonOf(Message message) => BusinessScopedId.WithNumber(message.Account, message.To)!;

    private void ExpireIn(Message message, long cause) => world.Clock.CreateTimer(
        "the message expires",
        static state =>
        {
            var (outbox, account, sid, cause) = ((Outbox, AccountSid, string, long))state!;
            if (outbox.Table(account).Find(sid) is { Status: MessageStatus.Queued } late)
            {
                outbox.Change(late with { ErrorCode = DeliveryErrors.ValidityExpired }, MessageStatus.Failed, cause);
            }
        },
        (this, message.Account, message.Sid, cause), Left(message), Timeout.InfiniteTimeSpan);

    private TimeSpan Left(Message message)
    {
        var left = (message.Extras.SendAt ?? message.Created) + message.Extras.Validity - world.Clock.GetUtcNow();
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private Kernel.Store.Table<Message> Table(AccountSid account) => world.Store.Table(Message.Table, account);

    private Message? Find(TextMessage text) => Table(text.Account).Find(text.Subject);

    private Entry Change(Message message, MessageStatus to, long cause)
    {
        if (!message.Status.CanBecome(to))
        {
            throw new InvalidOperationException($"message {message.Sid} cannot go from {message.Status.Wire()} to {to.Wire()}");
        }
        var after = message with { Status = to, Updated = world.Clock.GetUtcNow() };
        if (to.IsFinal()) after = Forget(after);
        var entry = world.Store.Put(Message.Table, message.Account, after, to.Kind(), cause);
        changed(after, entry);
        if (to is MessageStatus.Sent or MessageStatus.Failed && _departures.Remove(message.Sid, out var departure))
        {
            departure.SetResult(after);
        }
        return entry;
    }

    /// <summary>ContentRetention=discard and AddressRetention=obfuscate take effect once the message is done.</summary>
    private static Message Forget(Message message)
    {
        if (message.Extras.DiscardsBody) message = message with { Body = "" };
        if (message.Extras.ObfuscatesAddress && message.To.Length > 4)
        {
            message = message with { To = NumberMask.Of(message.To) };
        }
        return message;
    }
}

/// <summary>What keeps a message from its recipient: a block, a registration that is missing.</summary>
/// <param name="ErrorCode">Twilio's code.</param>
/// <param name="LeavesTwilio">True where a carrier stops it (sent, then undelivered), false where Twilio does (failed).</param>
public sealed record Bar(int ErrorCode, bool LeavesTwilio);
