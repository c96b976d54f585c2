using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Messaging.Sending;

/// <summary>The messages of one sender, first in first out, leaving at the sender's rate.</summary>
/// <remarks>
/// The rate counts segments: a message of three keeps its sender busy three times as long. The queue holds ten hours of traffic
/// (help.twilio.com, Understanding Twilio Rate Limits and Message Queues). One timer per sender, whatever the length:
/// enqueue and leave are O(1). Loop-confined.
/// </remarks>
internal sealed class SendQueue : IDisposable
{
    /// <summary>Seconds of traffic a queue holds.</summary>
    public const int Depth = 36_000;

    /// <summary>From a message's acceptance to the earliest instant it leaves; Twilio's is 50 to 300 ms (inferred).</summary>
    public static readonly TimeSpan PickUp = TimeSpan.FromMilliseconds(50);

    private readonly World _world;
    private readonly Func<QueuedMessage, bool> _leave;
    private readonly Queue<QueuedMessage> _waiting = [];
    private readonly ITimer _timer;
    private double _segmentsPerSecond;
    private DateTimeOffset _nextFree;
    private bool _isArmed;

    /// <param name="world">Where it lives.</param>
    /// <param name="segmentsPerSecond">Its rate.</param>
    /// <param name="leave">Takes the message whose turn has come; false when it is gone, and the turn is the next one's.</param>
    public SendQueue(World world, double segmentsPerSecond, Func<QueuedMessage, bool> leave)
    {
        _world = world;
        _leave = leave;
        _segmentsPerSecond = segmentsPerSecond;
        _timer = world.Clock.CreateTimer(static queue => ((SendQueue)queue!).Due(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>True when nothing waits and its sender is free: forgetting it changes nothing.</summary>
    public bool IsIdle => _waiting.Count == 0 && _nextFree <= _world.Clock.GetUtcNow();

    /// <summary>Its rate.</summary>
    public double SegmentsPerSecond => _segmentsPerSecond;

    /// <summary>Messages waiting.</summary>
    public int WaitingCount => _waiting.Count;

    /// <summary>When the last of what waits will have left and the sender is free again, at its present rate.</summary>
    public DateTimeOffset LastLeaves => _nextFree + TimeSpan.FromSeconds(WaitingSegmentCount / _segmentsPerSecond);

    /// <summary>Segments waiting.</summary>
    public long WaitingSegmentCount { get; private set; }

    /// <summary>The most segments that may wait.</summary>
    public long Capacity => (long)(_segmentsPerSecond * Depth);

    /// <summary>Changes the rate for what leaves from now on.</summary>
    public void ChangeRate(double segmentsPerSecond) => _segmentsPerSecond = segmentsPerSecond;

    /// <summary>True when a message of so many segments still fits.</summary>
    public bool HasRoom(int segmentCount) => WaitingSegmentCount + segmentCount <= Capacity;

    /// <summary>Adds a message; it leaves in a later turn, at the earliest instant its sender is free.</summary>
    public void Add(QueuedMessage message)
    {
        _waiting.Enqueue(message);
        WaitingSegmentCount += message.SegmentCount;
        if (_isArmed) return;
        var now = _world.Clock.GetUtcNow();
        if (_nextFree < now + PickUp) _nextFree = now + PickUp;
        Arm(now);
    }

    public void Dispose() => _timer.Dispose();

    private void Due()
    {
        // Still armed while the message leaves: whoever adds one meanwhile does not arm a second time.
        while (_waiting.TryDequeue(out var message))
        {
            WaitingSegmentCount -= message.SegmentCount;
            if (!_leave(message)) continue;
            // From the instant it was due, not the one the timer got round to: lateness does not add up.
            _nextFree += TimeSpan.FromTicks((long)(message.SegmentCount * TimeSpan.TicksPerSecond / _segmentsPerSecond));
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
public sealed record QueueState(AccountSid Account, string Sender, double SegmentsPerSecond, int WaitingCount, long WaitingSegmentCount, long Capacity, DateTimeOffset LastLeaves);

/// <summary>A place in a queue.</summary>
/// <param name="Sid">The message.</param>
/// <param name="SegmentCount">What it weighs.</param>
/// <param name="Cause">Seq of the entry that queued it.</param>
internal readonly record struct QueuedMessage(string Sid, int SegmentCount, long Cause);
