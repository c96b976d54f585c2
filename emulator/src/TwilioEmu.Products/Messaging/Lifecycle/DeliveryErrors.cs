using System.Collections.Frozen;

namespace TwilioEmu.Products.Messaging.Lifecycle;

/// <summary>Codes a message can end with after it was accepted, and what they mean.</summary>
/// <remarks>twilio.com/docs/api/errors; the titles of Twilio's error dictionary.</remarks>
internal static class DeliveryErrors
{
    public const int QueueOverflow = 30001;
    public const int AccountSuspended = 30002;
    public const int ValidityExpired = 30036;

    private static readonly FrozenDictionary<int, string> Titles = new Dictionary<int, string>
    {
        [30001] = "Queue overflow",
        [30002] = "Account suspended",
        [30003] = "Unreachable destination handset",
        [30004] = "Message blocked",
        [30005] = "Unknown destination handset",
        [30006] = "Landline or unreachable carrier",
        [30007] = "Message filtered",
        [30008] = "Unknown error",
        [30009] = "Missing inbound segment",
        [30010] = "Message price exceeds max price",
        [30011] = "MMS not supported by the receiving phone number in this region",
        [30017] = "Carrier network congestion",
        [30018] = "Destination carrier requires sender ID pre-registration",
        [30019] = "Content size exceeds carrier limit",
        [30022] = "US A2P 10DLC - Rate Limits Exceeded",
        [30023] = "US A2P 10DLC - Daily Message Cap Reached",
        [30024] = "Numeric Sender ID Not Provisioned on Carrier",
        [30027] = "US A2P 10DLC - T-Mobile Daily Message Limit Reached",
        [30032] = "Toll-Free Number Has Not Been Verified",
        [30033] = "US A2P 10DLC - Campaign Suspended",
        [30034] = "US A2P 10DLC - Message from an Unregistered Number",
        [30035] = "US A2P 10DLC - Message from a number still being configured",
        [30036] = "Validity Period Expired",
        [30037] = "Outbound Messaging Disabled",
        [30038] = "OTP Message Body Filtered",
        [30039] = "Filtered to Prevent Message Loops",
        [30410] = "Provider Timeout Error",
        [30450] = "Message delivery blocked",
        [30453] = "Message couldn't be delivered",
        [30454] = "Account exceeded the messages limit",
        [30500] = "Twilio Internal Error",
        [30630] = "Attempt to send to unsubscribed recipient",
        [11751] = "Media Message - Media exceeds messaging provider size limit",
    }.ToFrozenDictionary();

    /// <summary>The title of a code; a code of the user's own choosing has a plain one.</summary>
    public static string Message(int code) => Titles.GetValueOrDefault(code, "Message delivery failed");
}
