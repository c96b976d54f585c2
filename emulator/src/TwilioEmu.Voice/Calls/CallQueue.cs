using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Voice.Calls;

/// <summary>Lets calls made by REST out at so many a second per account, in order.</summary>
/// <remarks>
/// Loop-confined. One call per second unless the account was given more; inbound and dialled legs do not queue
/// (twilio.com/docs/voice/api/call-resource). A call cancelled in the queue gives up its place at once.
/// </remarks>
internal sealed class CallQueue(World world, double callsPerSecond)
{
    private readonly TimeSpan _interval = TimeSpan.FromMilliseconds(Math.Ceiling(1000 / callsPerSecond));
    private readonly Dictionary<AccountSid, Lane> _lanes = [];

    /// <summary>How long a call made now would wait.</summary>
    public TimeSpan Estimate(AccountSid account)
    {
        if (!_lanes.TryGetValue(account, out var lane)) return TimeSpan.Zero;
        var wait = lane.Next - world.Clock.GetUtcNow() + (_interval * lane.Waiting.Count(w => !w.Call.IsOver));
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>Starts the procedure when the call's slot has come.</summary>
    public void Enqueue(LiveCall call, Func<Task> procedure)
    {
        if (!_lanes.TryGetValue(call.Record.Account, out var lane))
        {
            _lanes.Add(call.Record.Account, lane = new Lane { Next = world.Clock.GetUtcNow() });
        }
        lane.Waiting.Enqueue((call, procedure));
        if (lane.IsRunning) return;
        lane.IsRunning = true;
        world.Loop.Start(() => RunAsync(call.Record.Account, lane));
    }

    private async Task RunAsync(AccountSid account, Lane lane)
    {
        while (lane.Waiting.TryPeek(out var first))
        {
            var wait = first.Call.IsOver ? TimeSpan.Zero : lane.Next - world.Clock.GetUtcNow();
            if (wait > TimeSpan.Zero) await Task.Delay(wait, world.Clock.For("call.initiated"), world.Ending);
            lane.Waiting.Dequeue();
            // Cancelled, before its slot came or while it waited for it: the slot goes to the next.
            if (first.Call.IsOver) continue;
            lane.Next = world.Clock.GetUtcNow() + _interval;
            world.Loop.Start(first.Procedure);
        }
        lane.IsRunning = false;
        // The lane is kept for one interval, which the next call must wait, and then leaves no trace.
        await Task.Delay(_interval, world.Clock, world.Ending);
        if (!lane.IsRunning && lane.Next <= world.Clock.GetUtcNow()) _lanes.Remove(account);
    }

    private sealed class Lane
    {
        public Queue<(LiveCall Call, Func<Task> Procedure)> Waiting { get; } = [];

        public DateTimeOffset Next { get; set; }

        public bool IsRunning { get; set; }
    }
}
