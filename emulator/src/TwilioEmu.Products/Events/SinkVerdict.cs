using TwilioEmu.Webhooks.Alerts;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Products.Events;

/// <summary>What a sink's answer means for the event.</summary>
/// <remarks>
/// twilio.com/docs/events/event-delivery-and-duplication, error dictionary 91300 to 91308: 2xx is done, 429 and 5xx and what brought no
/// answer are tried again, other 4xx drop it. Of a redirect that leads nowhere nothing is said: tried again (inferred).
/// </remarks>
/// <param name="Code">Of the alert; 0 where the event was taken.</param>
/// <param name="IsTriedAgain">False where it is dropped.</param>
internal readonly record struct SinkVerdict(int Code, bool IsTriedAgain)
{
    /// <summary>Delivery failed, for whatever other reason: what is said when the time for trying is over, too (inferred).</summary>
    public const int Failed = 91300;

    private const int Throttled = 91302;
    private const int Rejected = 91305;
    private const int ServerError = 91306;
    private const int NotConnected = 91307;
    private const int TimedOut = 91308;

    /// <summary>Throttling is a warning, the rest are errors.</summary>
    public AlertLevel Level => Code == Throttled ? AlertLevel.Warning : AlertLevel.Error;

    public static SinkVerdict On(WebhookAnswer answer) => answer switch
    {
        { IsUsable: true } => new(0, false),
        { Status: 429 } => new(Throttled, true),
        { Status: >= 400 and < 500 } => new(Rejected, false),
        { Status: >= 500 } => new(ServerError, true),
        { Status: not null } => new(Failed, true),
        // The letterbox' codes of silence and of the whole time; whatever else is no connection.
        { ErrorCode: 11200 or 11203 } => new(TimedOut, true),
        _ => new(NotConnected, true),
    };
}
