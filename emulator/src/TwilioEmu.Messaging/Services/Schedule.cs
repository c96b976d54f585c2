using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Sending;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Messaging.Services;

/// <summary>Keeps scheduled messages until their time.</summary>
/// <remarks>
/// twilio.com/docs/messaging/features/message-scheduling. One heap and one timer, however many wait: a message costs its place in the heap.
/// The messages themselves hold their instant (<see cref="MessageExtras.SendAt"/>). Loop-confined.
/// </remarks>
internal sealed class Schedule
{
    /// <summary>Messages of an account that may wait at Twilio's (35125).</summary>
    public const int MaxPending = 500_000;

    /// <summary>twilio.com/docs/api/errors/35114, 35115 and 35117 of 2026; a quarter of an hour until then.</summary>
    public static readonly TimeSpan Soonest = TimeSpan.FromSeconds(300);
    public static readonly TimeSpan Latest = TimeSpan.FromSeconds(3_024_000);

    private readonly World _world;
    private readonly Dispatch _dispatch;
    private readonly Outbox _outbox;
    private readonly PriorityQueue<(AccountSid Account, string Sid, long Cause), (DateTimeOffset At, long Seq)> _waiting = new();
    private readonly Dictionary<AccountSid, int> _pending = [];
    private readonly ITimer _timer;
    private DateTimeOffset _armedFor = DateTimeOffset.MaxValue;

    public Schedule(World world, Dispatch dispatch, Outbox outbox, int maxPending = MaxPending)
    {
        (_world, _dispatch, _outbox, Limit) = (world, dispatch, outbox, maxPending);
        _timer = world.Clock.CreateTimer(
            "a scheduled message", static schedule => ((Schedule)schedule!).Due(), this, Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>Messages of an account that may wait.</summary>
    public int Limit { get; }

    /// <summary>The refusal of one more of the account's at an instant, or null.</summary>
    public TwilioError? Fault(AccountSid account, DateTimeOffset at)
    {
        var ahead = at - _world.Clock.GetUtcNow();
        if (ahead < Soonest || ahead > Latest)
        {
            return TwilioError.BadRequest(
                35114, $"SendAt time must be between {Soonest.TotalSeconds} seconds and {Latest.TotalSeconds} seconds from now");
        }
        return _pending.GetValueOrDefault(account) < Limit
            ? null
            : TwilioError.BadRequest(35125, $"Maximum limit reached in the account for scheduling messages: {Limit}");
    }

    /// <summary>A new message whose status is <see cref="MessageStatus.Scheduled"/>.</summary>
    public void Add(Message message, long cause)
    {
        var entry = _outbox.Enter(message, cause);
        _waiting.Enqueue((message.Account, message.Sid, entry.Seq), (message.Extras.SendAt!.Value, entry.Seq));
        _pending[message.Account] = _pending.GetValueOrDefault(message.Account) + 1;
        Arm();
    }

    /// <summary>One that waited in an earlier process waits on.</summary>
    public void Resume(Message message, long cause)
    {
        // Those that came first leave first, where they leave at one instant.
        _waiting.Enqueue(
            (message.Account, message.Sid, cause), (message.Extras.SendAt!.Value, cause > 0 ? cause : _waiting.Count - int.MaxValue));
        _pending[message.Account] = _pending.GetValueOrDefault(message.Account) + 1;
        Arm();
    }

    /// <summary>Takes one back; it is canceled, and its place in the heap means nothing.</summary>
    public Message Cancel(Message message, long cause)
    {
        _pending[message.Account]--;
        return _outbox.Cancel(message, cause);
    }

    private void Due()
    {
        _armedFor = DateTimeOffset.MaxValue;
        var now = _world.Clock.GetUtcNow();
        while (_waiting.TryPeek(out _, out var due) && due.At <= now)
        {
            var (account, sid, cause) = _waiting.Dequeue();
            // Cancelled ones were counted off when they were; those whose account was closed are counted off here.
            if (_world.Store.Table(Message.Table, account).Find(sid) is { Status: not MessageStatus.Canceled }) _pending[account]--;
            _dispatch.Assign(account, sid, cause);
        }
        Arm();
    }

    private void Arm()
    {
        if (!_waiting.TryPeek(out _, out var first) || first.At >= _armedFor) return;
        _armedFor = first.At;
        var wait = first.At - _world.Clock.GetUtcNow();
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
