using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Webhooks.Delivery;

/// <summary>Sends the callbacks of one subject one after another, in order, while nobody waits; subjects do not wait for each other.</summary>
/// <remarks>
/// Where order is no matter, a callback waits for the one before in virtual time only: there a webhook in flight holds the clock, so the order is that of what
/// happened. In real and scaled time each starts when it is due, and they overlap and overtake each other, as live ones do
/// (twilio.com/docs/messaging/guides/track-outbound-message-status: no order is promised). Loop-confined. A lane exists while it has something to send
/// and leaves no trace.
/// </remarks>
/// <param name="world">Where they are sent.</param>
/// <param name="letterbox">The way out.</param>
/// <param name="isOrdered">True keeps the order whatever the clock.</param>
public sealed class CallbackLanes(World world, ILetterbox letterbox, bool isOrdered = true)
{
    private readonly Dictionary<string, Queue<Callback>> _lanes = new(StringComparer.Ordinal);

    /// <summary>How many lanes have something to send.</summary>
    public int Count => _lanes.Count;

    /// <summary>Queues a callback and returns at once.</summary>
    /// <param name="key">The subject: a message's or call's SID.</param>
    /// <param name="request">What to send when its turn comes.</param>
    /// <param name="then">Told of the answer in a turn of its own, in the order of the lane.</param>
    public void Enqueue(string key, WebhookRequest request, Action<WebhookAnswer>? then = null)
    {
        world.Loop.Assert();
        if (!isOrdered && world.Clock.Mode is (ClockMode.Real or ClockMode.Scaled))
        {
            world.Loop.Start(() => SendAsync(request, then));
            return;
        }
        if (_lanes.TryGetValue(key, out var lane))
        {
            lane.Enqueue(new(request, then));
            return;
        }
        lane = new Queue<Callback>(1);
        lane.Enqueue(new(request, then));
        _lanes.Add(key, lane);
        world.Loop.Start(() => RunAsync(key, lane));
    }

    private async Task RunAsync(string key, Queue<Callback> lane)
    {
        try
        {
            while (lane.TryPeek(out var callback))
            {
                try
                {
                    await SendAsync(callback.Request, callback.Then);
                }
                catch (Exception fault) when (!world.Ending.IsCancellationRequested)
                {
                    // Ours, and one callback's: those that wait behind it leave all the same.
                    world.Journal.TellOfFault(fault, callback.Request.Url);
                }
                lane.Dequeue();
            }
        }
        finally
        {
            _lanes.Remove(key);
        }
    }

    private async Task SendAsync(WebhookRequest request, Action<WebhookAnswer>? then)
    {
        var answer = await letterbox.SendAsync(request, world.Ending);
        if (then is not null) world.Loop.Post(() => then(answer));
    }

    private readonly record struct Callback(WebhookRequest Request, Action<WebhookAnswer>? Then);
}
