using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Webhooks.Delivery;

/// <summary>
/// Sends the callbacks of one subject one after another, in order, while nobody waits; subjects do not wait for each other.
/// </summary>
/// <remarks>
/// Where order is no matter, a callback waits for the one before in virtual time only: there a webhook in flight holds
/// the clock, so the order is that of what happened. In real and scaled time each starts when it is due, and they
/// overlap and overtake each other, as live ones do (twilio.com/docs/messaging/guides/track-outbound-message-status:
/// no order is promised). Loop-confined. A lane exists while it has something to send and leaves no trace.
/// </remarks>
/// <param name="world">Where they are sent.</param>
/// <param name="letterbox">The way out.</param>
/// <param name="isOrdered">True keeps the order whatever the clock.</param>
public sealed class CallbackLanes(World world, ILetterbox letterbox, bool isOrdered = true)
{
    private const string Prefix = "callback/";

    private readonly Dictionary<string, Queue<Callback>> _lanes = new(StringComparer.Ordinal);

    /// <summary>How many lanes have something to send.</summary>
    public int Count => _lanes.Count;

    /// <summary>Queues a callback and returns at once.</summary>
    /// <param name="key">The subject: a message's or call's SID.</param>
    /// <param name="request">What to send when its turn comes.</param>
    /// <param name="then">Told of the answer in a turn of its own, in the order of the lane.</param>
    public void Enqueue(string key, WebhookRequest request, Action<WebhookAnswer>? then = null)
    {
        Enqueue(key, request, then, world.Parts.NewName(Prefix));
    }

    /// <summary>Sends what an earlier process had not sent, or of which it had no answer yet: the app may see some twice.</summary>
    public void Resume()
    {
        foreach (var (name, part) in world.Parts.TakeAll(Prefix))
        {
            Enqueue(part.Text("lane", null), WebhookRequest.Walk(null, part), null, name);
        }
    }

    private void Enqueue(string key, WebhookRequest request, Action<WebhookAnswer>? then, string part)
    {
        world.Loop.Assert();
        world.Parts.Put(part, to =>
        {
            to.Text("lane", key);
            WebhookRequest.Walk(request, to);
        });
        var callback = new Callback(request, then, part);
        if (!isOrdered && world.Clock.Mode is (ClockMode.Real or ClockMode.Scaled))
        {
            world.Loop.Start(() => SendAsync(callback));
            return;
        }
        if (_lanes.TryGetValue(key, out var lane))
        {
            lane.Enqueue(callback);
            return;
        }
        lane = new Queue<Callback>(1);
        lane.Enqueue(callback);
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
                    await SendAsync(callback);
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

    private async Task SendAsync(Callback callback)
    {
        var answer = await letterbox.SendAsync(callback.Request, world.Ending);
        world.Parts.Drop(callback.Part);
        if (callback.Then is { } then) world.Loop.Post(() => then(answer));
    }

    private readonly record struct Callback(WebhookRequest Request, Action<WebhookAnswer>? Then, string Part);
}
