using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Messaging.Lifecycle;

namespace TwilioEmu.Messaging.Sending;

/// <summary>The messages of one sender, first in first out, leaving at the sender's rate.</summary>
/// <remarks>
/// The rate counts segments: a message of three keeps its sender busy three times as long. The queue holds ten hours of traffic
/// (help.twilio.com, Understanding Twilio Rate Limits and Message Queues), counted in the time it takes to send, since destinations differ
/// in rate. What a message takes is exact: fractions of a tick are carried on to the next. One timer per sender, whatever the length:
/// enqueue and leave are O(1). Loop-confined.
/// </remarks>
internal sealed class SendQueue : IDisposable
{
    /// <summary>Seconds of traffic a queue holds.</summary>
    public const int Depth = 36_000;

    // Sums of fractions such as thirds are a hair above or below what they stand for.
    private const double Hair = 1e-6;

    /// <summary>From a message's acceptance to the earliest instant it leaves; Twilio's is 50 to 300 ms (inferred).</summary>
    public static readonly TimeSpan PickUp = TimeSpan.FromMilliseconds(50);

    private readonly World _world;
    private readonly Func<QueuedMessage, bool> _leave;
    private readonly Queue<QueuedMessage> _waiting = [];
    private readonly ITimer _timer;
    private readonly string _part;
    private readonly Action<PackedWriter> _write;
    private readonly TimeSpan _pickUp;
    private DateTimeOffset _nextFree;
    private double _carriedTicks;
    private double _waitingSeconds;
    private bool _isArmed;

    /// <param name="world">Where it lives.</param>
    /// <param name="leave">Takes the message whose turn has come; false when it is gone, and the turn is the next one's.</param>
    /// <param name="part">Its name among the world's parts: where it stands outlives the process.</param>
    /// <param name="pickUp">What one that is idle takes; null for <see cref="PickUp"/>.</param>
    public SendQueue(World world, Func<QueuedMessage, bool> leave, string part = "", TimeSpan? pickUp = null)
    {
        _pickUp = pickUp ?? PickUp;
        _world = world;
        _leave = leave;
        (_part, _write) = (part, Write);
        if (part.Length > 0 && world.Parts.Take(part) is { } saved)
        {
            (_nextFree, _carriedTicks) = (saved.Instant("next_free", null), saved.Fraction("carried_ticks", null));
        }
        _timer = world.Clock.CreateTimer(
            MessageEntries.Sending.Name, static queue => ((SendQueue)queue!).Due(), this, Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>True when nothing waits and its sender is free: forgetting it changes nothing.</summary>
    public bool IsIdle => _waiting.Count == 0 && _nextFree <= _world.Clock.GetUtcNow();

    /// <summary>How long what waits will take.</summary>
    public TimeSpan Backlog => TimeSpan.FromSeconds(Math.Max(0, _waitingSeconds));

    /// <summary>The rate of what was added last.</summary>
    public double SegmentsPerSecond { get; private set; } = 1;

    /// <summary>Messages waiting.</summary>
    public int WaitingCount => _waiting.Count;

    /// <summary>When the last of what waits will have left and the sender is free again.</summary>
    public DateTimeOffset LastLeaves => _nextFree + Backlog;

    /// <summary>Segments waiting.</summary>
    public long WaitingSegmentCount { get; private set; }

    /// <summary>The most segments that may wait, at the present rate.</summary>
    public long Capacity => (long)(SegmentsPerSecond * Depth);

    /// <summary>True when a message that takes so many seconds still fits.</summary>
    public bool HasRoom(double seconds) => _waitingSeconds + seconds <= Depth + Hair;

    /// <summary>Adds a message; it leaves in a later turn, at the earliest instant its sender is free.</summary>
    public void Add(QueuedMessage message)
    {
        Enqueue(message);
        if (_isArmed) return;
        var now = _world.Clock.GetUtcNow();
        if (_nextFree < now + _pickUp) (_nextFree, _carriedTicks) = (now + _pickUp, 0);
        Keep();
        Arm(now);
    }

    /// <summary>Adds a message that waited in an earlier process: it leaves when it would have there.</summary>
    public void Resume(QueuedMessage message)
    {
        if (_isArmed || _nextFree == default)
        {
            Add(message);
            return;
        }
        Enqueue(message);
        Arm(_world.Clock.GetUtcNow());
    }

    private void Enqueue(QueuedMessage message)
    {
        _waiting.Enqueue(message);
        _waitingSeconds += message.Seconds;
        WaitingSegmentCount += message.SegmentCount;
        SegmentsPerSecond = message.SegmentsPerSecond;
    }

    public void Dispose()
    {
        _timer.Dispose();
        if (_part.Length > 0) _world.Parts.Drop(_part);
    }

    private void Keep()
    {
        if (_part.Length > 0) _world.Parts.Put(_part, _write);
    }

    private void Write(PackedWriter part)
    {
        part.Instant("next_free", _nextFree);
        part.Fraction("carried_ticks", _carriedTicks);
    }

    private void Due()
    {
        // Still armed while the message leaves: whoever adds one meanwhile does not arm a second time.
        while (_waiting.TryDequeue(out var message))
        {
            WaitingSegmentCount -= message.SegmentCount;
            _waitingSeconds = _waiting.Count == 0 ? 0 : _waitingSeconds - message.Seconds;
            if (!_leave(message)) continue;
            // From the instant it was due, not the one the timer got round to: lateness does not add up.
            var ticks = (message.Seconds * TimeSpan.TicksPerSecond) + _carriedTicks;
            var whole = Math.Floor(ticks + Hair);
            _carriedTicks = ticks - whole;
            _nextFree += TimeSpan.FromTicks((long)whole);
            Keep();
            break;
        }
        _isArmed = false;
        if (_waiting.Count > 0) Arm(_world.Clock.GetUtcNow());
    }

    private void Arm(DateTimeOffset now)
    {
        _isArmed = true;
        _timer.Change(_nextFree > now ? _nextFree - now : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}

/// <summary>A sender's queue as it stands.</summary>
/// <param name="Account">Whose.</param>
/// <param name="Sender">Number, short code or name.</param>
/// <param name="SegmentsPerSecond">Its rate.</param>
/// <param name="WaitingCount">Messages.</param>
/// <param name="WaitingSegmentCount">Segments.</param>
/// <param name="Capacity">Segments that may wait.</param>
/// <param name="LastLeaves">When the last of them will have left and the sender is free again.</param>
public sealed record QueueState(
    AccountSid Account, string Sender, double SegmentsPerSecond, int WaitingCount, long WaitingSegmentCount, long Capacity,
    DateTimeOffset LastLeaves);

/// <summary>A place in a queue.</summary>
/// <param name="Account">Whose it is.</param>
/// <param name="Sid">The message's; a number, so that a million that wait leave the collector nothing to look at.</param>
/// <param name="SegmentCount">What it weighs.</param>
/// <param name="SegmentsPerSecond">How fast its sender sends to its destination.</param>
/// <param name="Cause">Seq of the entry that queued it.</param>
internal readonly record struct QueuedMessage(AccountSid Account, Sid Sid, int SegmentCount, double SegmentsPerSecond, long Cause)
{
    /// <summary>How long it keeps its sender busy.</summary>
    public double Seconds => SegmentCount / SegmentsPerSecond;
}
