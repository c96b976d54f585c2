using TwilioEmu.Carrier.Switching;
using TwilioEmu.Smpp.Pdus;
using TwilioEmu.Smpp.Sessions;
using TwilioEmu.Smpp.Texts;

namespace TwilioEmu.Carrier.SmppLinks;

/// <summary>One carrier's system at the other end, whatever sessions there are with it: texts of apps go out over it, in order.</summary>
/// <remarks>
/// Loop-confined. What is to go out waits in one queue until a session has room in its window; what was not
/// answered goes again, over another session where there is one. What is too much, or waits too long, is given up.
/// </remarks>
internal abstract class SmppLink : IMessageLine
{
    private const int MaxWaiting = 100_000;
    private const int MaxAttempts = 3;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly List<SmppPeer> _peers = [];
    private readonly LinkedList<Parcel> _waiting = [];
    private readonly ReceiptBook _receipts;
    private readonly ITimer _expiry;
    private ITimer? _pause;
    private DateTimeOffset? _due;
    private TimeSpan _nextPause = FirstPause;
    // True after a pause, until something is taken: one at a time, so that none overtakes what is refused again.
    private bool _isProbing;
    private long _lastOrder;
    private int _turn;
    private ushort _reference;

    protected SmppLink(SmppHost host, SmppLinkTerms terms, ReceiptIds spelling = ReceiptIds.Same)
    {
        (Host, Terms, _receipts) = (host, terms, new ReceiptBook(spelling));
        _expiry = host.World.Clock.CreateTimer(_ => host.Run(Expire), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public SmppLinkTerms Terms { get; }

    /// <summary>Sessions that are bound.</summary>
    public IReadOnlyList<SmppPeer> Peers => _peers;

    /// <summary>Texts and receipts that wait for a session.</summary>
    public int WaitingCount => _waiting.Count;

    public abstract SmppRole Role { get; }

    protected SmppHost Host { get; }

    /// <summary>The request that carries a text to the other end.</summary>
    protected abstract CommandId Carrying { get; }

    /// <summary>True where the carrier has a text as soon as it waits: ours is the SMSC.</summary>
    protected abstract bool AcceptsAtOnce { get; }

    /// <summary>registered_delivery of texts that go out.</summary>
    protected abstract byte Registered { get; }

    protected DateTimeOffset WorldNow => Host.World.Clock.GetUtcNow();

    /// <summary>A session was bound.</summary>
    public void Join(SmppPeer peer, string systemId)
    {
        peer.Link = this;
        (peer.BoundAs, peer.BoundAt) = (peer.Session.Mode, WorldNow);
        _peers.Add(peer);
        Host.Write(
            SmppEntries.Bound, Terms.Name, ("role", Word(Role)), ("mode", Word(peer.BoundAs)), ("peer", peer.Wire.Peer),
            ("system_id", systemId));
        Pump();
    }

    /// <summary>A session is over.</summary>
    public virtual void Leave(SmppPeer peer, SessionEnd why)
    {
        if (!_peers.Remove(peer)) return;
        Host.Write(
            SmppEntries.Unbound, Terms.Name, ("role", Word(Role)), ("mode", Word(peer.BoundAs)), ("peer", peer.Wire.Peer),
            ("why", Word(why)));
        Pump();
    }

    /// <summary>The link as it stands.</summary>
    public abstract SmppLinkState State();

    /// <summary>A request of the other end.</summary>
    public abstract void Take(SmppPeer peer, Pdu request);

    /// <inheritdoc/>
    public void Submit(TextMessage message, IReceipts receipts) => Host.Run(() => Send(message, receipts));

    /// <summary>A request of ours was answered, or not.</summary>
    public void Answered(Parcel parcel, Pdu? response)
    {
        if (response is null) Again(parcel, ++parcel.Attempts >= MaxAttempts);
        else if (response.Status == CommandStatus.Ok)
        {
            (_nextPause, _isProbing) = (FirstPause, false);
            if (parcel is TextParcel { Text: var text }) Taken(text, response.Body is MessageIdBody named ? named.MessageId : "");
        }
        else if (response.Status is CommandStatus.Throttled or CommandStatus.MsgQFul or CommandStatus.RxTAppn)
        {
            // Not now: it goes again after a while, in its place.
            Again(parcel, isLast: false);
            Pause();
        }
        else if (parcel is TextParcel { Text: { IsOver: false } refused })
        {
            var code = DeliveryFaults.Of(response.Status);
            Host.World.Journal.Write(
                refused.Message.Account, SmppEntries.NotTaken, Terms.Name, refused.Message.Cause,
                ("message_sid", refused.Message.Subject), ("to", refused.Message.To), ("status", response.Status.Word()), ("error", code));
            refused.Fail(code, isRefusal: true);
        }
        Pump();
    }

    /// <summary>The link ends with its world.</summary>
    public virtual void Close()
    {
        _expiry.Dispose();
        _pause?.Dispose();
        foreach (var peer in _peers.ToList()) peer.Unbind();
    }

    protected static string Word<T>(T value)
        where T : struct, Enum =>
            string.Concat(value.ToString()
                .Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    protected SmppLinkState Standing(string role, string systemId, string? address) => new(
        Terms.Name, role, systemId, address, Terms.Numbers,
        [
            .. _peers.Select(p =>
                new SmppSessionState(Word(p.BoundAs), p.Wire.Peer, p.BoundAt, p.Session.PendingCount, p.Session.UnansweredCount)),
        ],
        WaitingCount);

    /// <summary>All parts of a text were taken.</summary>
    protected abstract void WhenTaken(OutgoingText text);

    /// <summary>Puts something into the queue; false where that is full.</summary>
    protected bool Enqueue(Parcel parcel)
    {
        if (_waiting.Count >= MaxWaiting) return false;
        parcel.Order = ++_lastOrder;
        _waiting.AddLast(parcel);
        if (_waiting.Count == 1) Wait();
        return true;
    }

    /// <summary>Sends what waits over sessions that have room.</summary>
    protected void Pump()
    {
        if (_pause is not null) return;
        while (_waiting.First is { Value: var parcel })
        {
            if (parcel is TextParcel { Text.IsOver: true })
            {
                _waiting.RemoveFirst();
                continue;
            }
            if (NextPeer() is not { } peer) break;
            _waiting.RemoveFirst();
            peer.Ask(Carrying, parcel.Body, parcel.Tlvs, parcel);
        }
        Wait();
    }

    /// <summary>A receipt came: it is some text's, or will be once that has its name.</summary>
    protected void TakeReceipt(DeliveryReceipt receipt)
    {
        if (_receipts.Find(receipt) is { } text)
        {
            TakeReceipt(text, receipt);
            return;
        }
        Host.Write(
            SmppEntries.Unmatched, Terms.Name, ("message_id", receipt.MessageId), ("state", Word(receipt.State)),
            ("cure", _receipts.Cure(receipt) is { } spelling ? $"receipt_ids: {Word(spelling)}" : null));
        _receipts.Keep(receipt);
    }

    private void TakeReceipt(OutgoingText text, DeliveryReceipt receipt)
    {
        Host.World.Journal.Write(
            text.Message.Account, SmppEntries.Receipt, Terms.Name, text.Message.Cause,
            ("message_sid", text.Message.Subject), ("message_id", receipt.MessageId), ("state", Word(receipt.State)),
            ("err", receipt.Error));
        if (!receipt.IsFinal) return;
        _receipts.Forget(receipt);
        if (receipt.State == MessageState.Delivered) text.Deliver();
        else text.Fail(DeliveryFaults.Of(receipt, Terms.Errors), isRefusal: false);
    }

    private void Send(TextMessage message, IReceipts receipts)
    {
        // Texts of this network carry no pictures: a link stands for each (inferred: as carriers without MMS do).
        var body = string.Join('\n', message.MediaUrls.Prepend(message.Body).Where(line => line.Length > 0));
        var parts = ShortMessages.Write(body, Terms.Alphabet, Terms.LongTexts, ++_reference);
        var text = new OutgoingText(message, receipts, parts.Count);
        var expires = WorldNow + Terms.Keeps;
        if (_waiting.Count + parts.Count > MaxWaiting)
        {
            text.Fail(DeliveryFaults.Unknown, isRefusal: true);
            return;
        }
        if (AcceptsAtOnce) text.Accept();
        var (source, destination) = (SmppAddress.Of(message.From), SmppAddress.Of(message.To));
        foreach (var part in parts)
        {
            var pdu = new MessageBody
            {
                Source = source,
                Destination = destination,
                EsmClass = part.EsmClassBits,
                DataCoding = part.DataCoding,
                RegisteredDelivery = Registered,
                ShortMessage = part.ShortMessage,
            };
            Enqueue(new TextParcel(
                text, pdu, Registered == 0 ? part.Tlvs : part.Tlvs.Add(Tlv.Of(TlvTag.UserMessageReference, _reference)), expires));
        }
        Pump();
    }

    private void Taken(OutgoingText text, string id)
    {
        var isLast = text.Take(id);
        if (id.Length > 0 && _receipts.Name(id, text) is { } early) TakeReceipt(text, early);
        if (!isLast) return;
        Host.World.Journal.Write(
            text.Message.Account, SmppEntries.Sent, Terms.Name, text.Message.Cause,
            ("message_sid", text.Message.Subject), ("message_ids", text.Ids), ("to", text.Message.To), ("parts", text.PartCount));
        WhenTaken(text);
    }

    /// <summary>Back to its place in the queue, before all that came after it.</summary>
    private void Again(Parcel parcel, bool isLast)
    {
        if (parcel is TextParcel { Text.IsOver: true }) return;
        if (isLast)
        {
            if (parcel is TextParcel { Text: var text }) text.Fail(DeliveryFaults.Unknown, isRefusal: true);
            return;
        }
        var at = _waiting.First;
        while (at is not null && at.Value.Order < parcel.Order) at = at.Next;
        if (at is null) _waiting.AddLast(parcel);
        else _waiting.AddBefore(at, parcel);
    }

    private SmppPeer? NextPeer()
    {
        if (_isProbing && _peers.Any(p => p.Session.PendingCount > 0)) return null;
        for (var i = 0; i < _peers.Count; i++)
        {
            var peer = _peers[(_turn + i) % _peers.Count];
            if (!peer.Session.IsBound || peer.Session.PendingCount >= Terms.Window || !Carries(peer.Session.Mode)) continue;
            _turn = (_turn + i + 1) % _peers.Count;
            return peer;
        }
        return null;
    }

    private bool Carries(BindMode mode) => Role == SmppRole.Smsc ? mode.Receives() : mode.Submits();

    private void Pause()
    {
        if (_pause is not null) return;
        // By the clock of who asked for it; a link has sessions of one kind.
        var isOutside = _peers.Count == 0 || _peers[0].IsOutside;
        TimeProvider time = isOutside ? Host.World.Options.Wall : Host.World.Clock;
        _pause = time.CreateTimer(
            _ =>
            {
                if (isOutside) Host.World.Loop.TryPostOutside(static state => ((SmppLink)state!).Resume(), this);
                else Resume();
            },
            null, _nextPause, Timeout.InfiniteTimeSpan);
        _nextPause = _nextPause * 2 < LongestPause ? _nextPause * 2 : LongestPause;
    }

    private void Resume() => Host.Run(() =>
    {
        _pause?.Dispose();
        _pause = null;
        _isProbing = true;
        Pump();
    });

    private void Wait()
    {
        DateTimeOffset? due = _waiting.First is { Value.Expires: var expires } ? expires : null;
        if (due == _due) return;
        _due = due;
        var wait = due - WorldNow ?? Timeout.InfiniteTimeSpan;
        _expiry.Change(wait < TimeSpan.Zero && wait != Timeout.InfiniteTimeSpan ? TimeSpan.Zero : wait, Timeout.InfiniteTimeSpan);
    }

    private void Expire()
    {
        _due = null;
        while (_waiting.First is { Value: var parcel } && parcel.Expires <= WorldNow)
        {
            _waiting.RemoveFirst();
            if (parcel is TextParcel { Text: var text })
            {
                text.Fail(AcceptsAtOnce ? DeliveryFaults.Unreachable : DeliveryFaults.Unknown, isRefusal: true);
            }
        }
        Wait();
    }
}
