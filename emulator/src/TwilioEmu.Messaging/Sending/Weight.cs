using TwilioEmu.Carrier.Switching;
using TwilioEmu.Messaging.Segments;

namespace TwilioEmu.Messaging.Sending;

/// <summary>What a message counts as at its sender: its segments; one with media, or on a channel.</summary>
/// <remarks>help.twilio.com, Understanding Twilio Rate Limits and Message Queues. Pure.</remarks>
internal static class Weight
{
    public static int Of(string from, string body, bool isMms) =>
        isMms || ChannelAddress.ChannelOf(from) is not null ? 1 : Segmentation.Of(body).Count;
}
