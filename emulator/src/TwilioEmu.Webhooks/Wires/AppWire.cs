using System.Text;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Webhooks.Wires;

/// <summary>The way to an app in this process: no socket, the world's own time, the same order every run.</summary>
internal sealed class AppWire(IApp app, WorldClock clock) : IWire
{
    public TimeProvider Clock => clock;

    public async Task<WireAnswer> SendAsync(WireRequest request, CancellationToken cancellation)
    {
        var limits = request.Limits;
        var patience = limits.Silence < limits.Total ? limits.Silence : limits.Total;
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            var answer = await app
                .AnswerAsync(new(request.Method, request.PublicUri, request.Headers, request.Parameters), giveUp.Token)
                .WaitAsync(patience, clock, cancellation);
            return Read(answer, limits);
        }
        catch (TimeoutException)
        {
            giveUp.Cancel();
            return limits.Silence <= limits.Total ? WireFaults.Silent(limits.Silence) : WireFaults.OutOfTime(limits.Total);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            // An app's own failure is the app's, as it would be behind a socket: frameworks answer 500.
            return Read(new(500, "text/plain", fault.Message), limits);
        }
    }

    private static WireAnswer Read(AppAnswer answer, WireLimits limits)
    {
        var limit = limits.BytesOf(answer.ContentType);
        var body = answer.Bytes ?? Encoding.UTF8.GetBytes(answer.Body);
        var isCut = body.Length > limit;
        List<KeyValuePair<string, string>> headers = [.. answer.Headers];
        if (answer.ContentType is not null) headers.Insert(0, new("Content-Type", answer.ContentType));
        return new()
        {
            Status = answer.Status,
            ContentType = answer.ContentType,
            Headers = headers,
            Body = isCut ? body[..limit] : body,
            IsBodyCut = isCut,
        };
    }
}
