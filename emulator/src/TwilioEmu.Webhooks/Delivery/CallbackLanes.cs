using TwilioEmu.Kernel;

namespace TwilioEmu.Webhooks.Delivery;

/// <summary>Sends the callbacks of one subject one after another, in order, while nobody waits; subjects do not wait for each other.</summary>
/// <remarks>Loop-confined. A lane exists while it has something to send and leaves no trace.</remarks>
public sealed class CallbackLanes(World world, ILetterbox letterbox)
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
                var answer = await letterbox.SendAsync(callback.Request, world.Ending);
                if (callback.Then is { } then) world.Loop.Post(() => then(answer));
                lane.Dequeue();
            }
        }
        finally
        {
            _lanes.Remove(key);
        }
    }

    private readonly record struct Callback(WebhookRequest Request, Action<WebhookAnswer>? Then);
}
