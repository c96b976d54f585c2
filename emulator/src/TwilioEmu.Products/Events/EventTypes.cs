using System.Collections.Frozen;

namespace TwilioEmu.Products.Events;

/// <summary>Which events are told here; types of other products may be subscribed to as well, and nothing is told of them.</summary>
/// <remarks>twilio.com/docs/events/event-types-overview.</remarks>
internal static class EventTypes
{
    public const string Received = "com.twilio.messaging.inbound-message.received";

    /// <summary>What a test of a sink is told as (measured).</summary>
    public const string Test = "com.twilio.eventstreams.test-event";

    private const string OfMessage = "com.twilio.messaging.message.";

    // Queued is among the types and never told of what REST sends (measured).
    private static readonly FrozenDictionary<string, string> ByStatus =
        new[] { "sent", "delivered", "undelivered", "failed", "read" }.ToFrozenDictionary(
            s => s, s => OfMessage + s, StringComparer.Ordinal);

    /// <summary>The type of a message's new status, or null where nobody is told.</summary>
    public static string? OfStatus(string status) => ByStatus.GetValueOrDefault(status);

    /// <summary>True for what is told here, or by the live service never either.</summary>
    public static bool IsTold(string type) => type == Received || type.StartsWith(OfMessage, StringComparison.Ordinal);
}
