using TwilioEmu.Kernel;
using TwilioEmu.Webhooks.Alerts;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Products.Events;

/// <summary>Tells the debugger that a sink does not take events, and not of each.</summary>
/// <remarks>
/// twilio.com/docs/events/event-delivery-and-duplication: after the first error, then every 20 minutes, and after 10, 100, 1000 errors. A
/// sink that takes an event begins anew (inferred). Loop-confined.
/// </remarks>
internal sealed class SinkNotices(World world)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(20);

    private readonly Dictionary<string, (int Count, DateTimeOffset Told)> _errors = new(StringComparer.Ordinal);

    /// <summary>The sink takes events.</summary>
    public void Forget(string sink) => _errors.Remove(sink);

    /// <summary>It did not take one.</summary>
    public void Tell(Parcel parcel, SinkVerdict verdict, string url, string words, WebhookAnswer answer)
    {
        var now = world.Clock.GetUtcNow();
        var isFirst = !_errors.TryGetValue(parcel.Sink, out var so);
        var count = so.Count + 1;
        var isTold = isFirst || count is 10 or 100 || count % 1_000 == 0 || now - so.Told >= Pause;
        _errors[parcel.Sink] = (count, isTold ? now : so.Told);
        if (!isTold) return;
        new Alert
        {
            Code = verdict.Code,
            Level = verdict.Level,
            Message = count == 1 ? words : $"{words}; {count} errors so far",
            Url = url,
            Method = "POST",
            Purpose = WebhookPurpose.Event,
            HttpStatus = answer.Status,
        }
            .Raise(world.Journal, parcel.Account, parcel.Sink, answer.Entry);
    }
}
