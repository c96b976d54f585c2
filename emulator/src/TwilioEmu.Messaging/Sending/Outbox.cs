using TwilioEmu.Accounts.Billing;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Messaging.Lifecycle;

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
public sealed class Outbox(World world, Exchange exchange, IPriceBook prices, Action<Message, Entry> changed) : IReceipts
{
    private const int MaxIdleQueues = 10_000;

    private readonly Dictionary<(AccountSid Account, string Sender), SendQueue> _queues = [];
    private readonly Dictionary<string, TaskCompletionSource<Message>> _departures = [];

    /// <summary>True when the sender's queue takes that many more segments.</summary>
    public bool HasRoom(AccountSid account, string sender, double segmentsPerSecond, int segmentCount) =>
        Queue(account, sender, segmentsPerSecond).HasRoom(segmentCount);

    /// <summary>Queues a message whose status is <see cref="MessageStatus.Queued"/>.</summary>
    /// <param name="message">New, with its sender chosen.</param>
    /// <param name="segmentsPerSecond">Its sender's rate.</param>
    /// <param name="cause">Seq of the entry it follows from.</param>
    public Entry Accept(Message message, double segmentsPerSecond, long cause)
    {
        var entry = world.Store.Put(Message.Table, message.Account, message, MessageStatus.Queued.Kind(), cause);
        Queue(message.Account, message.From, segmentsPerSecond).Add(new QueuedMessage(message.Sid, message.SegmentCount, entry.Seq));
        if (message.Extras.Validity < MessageExtras.MaxValidity) ExpireIn(message, entry.Seq);
        return entry;
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
        var price = prices.OfMessage(message.From, message.To, isInbound: false, message.SegmentCount, message.Extras.Media.Count);
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

    /// <summary>An account was closed: what waits will not leave.</summary>
    /// <remarks>30002: the account was suspended between the time of sending and delivery (twilio.com/docs/api/errors/30002).</remarks>
    public void Close(AccountSid account, long cause)
    {
        foreach (var waiting in Table(account).OldestFirst().Where(m => m.Status == MessageStatus.Queued).ToList())
        {
            Change(waiting with { ErrorCode = DeliveryErrors.AccountSuspended }, MessageStatus.Failed, cause);
        }
    }

    /// <summary>Every sender's queue that is not idle, those that wait longest first.</summary>
    public IEnumerable<QueueState> Queues => _queues.Where(q => !q.Value.IsIdle)
        .Select(q => new QueueState(q.Key.Account, q.Key.Sender, q.Value.SegmentsPerSecond, q.Value.WaitingCount, q.Value.WaitingSegmentCount, q.Value.Capacity, q.Value.LastLeaves))
        .OrderByDescending(q => q.LastLeaves).ThenBy(q => q.Sender, StringComparer.Ordinal);

    private SendQueue Queue(AccountSid account, string sender, double segmentsPerSecond)
    {
        if (_queues.TryGetValue((account, sender), out var queue))
        {
            queue.ChangeRate(segmentsPerSecond);
            return queue;
        }
        // Alphanumeric senders are anybody's choice: queues that are idle are forgotten before they pile up.
        if (_queues.Count >= MaxIdleQueues)
        {
            foreach (var (key, idle) in _queues.Where(q => q.Value.IsIdle).ToList())
            {
                _queues.Remove(key);
                idle.Dispose();
            }
        }
        queue = new SendQueue(world, segmentsPerSecond, queued => Leave(account, queued));
        _queues.Add((account, sender), queue);
        return queue;
    }

    /// <summary>Hands the message to the carrier; false when it was gone already.</summary>
    private bool Leave(AccountSid account, QueuedMessage queued)
    {
        // Gone when it expired, was cancelled or deleted while it waited.
        if (world.Store.Table(Message.Table, account).Find(queued.Sid) is not { Status: MessageStatus.Queued } message) return false;
        if (world.Clock.GetUtcNow() - message.Created > message.Extras.Validity)
        {
            Change(message with { ErrorCode = DeliveryErrors.ValidityExpired }, MessageStatus.Failed, queued.Cause);
            return false;
        }
        var sending = Change(message, MessageStatus.Sending, queued.Cause);
        var text = new TextMessage(account, message.Sid, message.From, message.To, message.Body, [.. message.Extras.Media.Select(m => m.Url)], sending.Seq);
        exchange.MessageLine(message.To).Submit(text, this);
        return true;
    }

    private void ExpireIn(Message message, long cause) => world.Clock.CreateTimer(
        static state =>
        {
            var (outbox, account, sid, cause) = ((Outbox, AccountSid, string, long))state!;
            if (outbox.Table(account).Find(sid) is { Status: MessageStatus.Queued } late)
            {
                outbox.Change(late with { ErrorCode = DeliveryErrors.ValidityExpired }, MessageStatus.Failed, cause);
            }
        },
        (this, message.Account, message.Sid, cause), message.Extras.Validity, Timeout.InfiniteTimeSpan);

    private Kernel.Store.Table<Message> Table(AccountSid account) => world.Store.Table(Message.Table, account);

    private Message? Find(TextMessage text) => Table(text.Account).Find(text.Subject);

    private Entry Change(Message message, MessageStatus to, long cause)
    {
        if (!message.Status.CanBecome(to)) throw new InvalidOperationException($"message {message.Sid} cannot go from {message.Status.Wire()} to {to.Wire()}");
        var after = message with { Status = to, Updated = world.Clock.GetUtcNow() };
        if (to.IsFinal()) after = Forget(after);
        var entry = world.Store.Put(Message.Table, message.Account, after, to.Kind(), cause);
        changed(after, entry);
        if (to is MessageStatus.Sent or MessageStatus.Failed && _departures.Remove(message.Sid, out var departure)) departure.SetResult(after);
        return entry;
    }

    /// <summary>ContentRetention=discard and AddressRetention=obfuscate take effect once the message is done.</summary>
    private static Message Forget(Message message)
    {
        if (message.Extras.DiscardsBody) message = message with { Body = "" };
        if (message.Extras.ObfuscatesAddress && message.To.Length > 4) message = message with { To = string.Concat(message.To.AsSpan(0, message.To.Length - 4), "XXXX") };
        return message;
    }
}
