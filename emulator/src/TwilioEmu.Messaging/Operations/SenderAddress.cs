using TwilioEmu.Carrier.Switching;
using TwilioEmu.Messaging.Lifecycle;

namespace TwilioEmu.Messaging.Operations;

/// <summary>The shapes of address that are no E.164 number.</summary>
/// <remarks>twilio.com/docs/glossary/what-alphanumeric-sender-id; twilio.com/docs/messaging/channels.</remarks>
internal static class SenderAddress
{
    /// <summary>
    /// A channel's address as it is kept: a person's number in E.164, their id, an agent's or page's name as it is; false for what is none.
    /// </summary>
    /// <param name="address">With its channel.</param>
    /// <param name="isPerson">True for a person's, who have numbers on every channel but Messenger.</param>
    /// <param name="normal">As it is kept.</param>
    public static bool TryNormalizeChannel(string address, bool isPerson, out string normal)
    {
        var (channel, bare) = (ChannelAddress.ChannelOf(address), ChannelAddress.Bare(address).Trim());
        normal = address.Trim();
        if (channel is null || bare.Length == 0) return false;
        if (channel != ChannelAddress.WhatsApp && !(isPerson && channel == ChannelAddress.Rcs)) return true;
        if (isPerson && channel == ChannelAddress.WhatsApp && ChannelAddress.IsScopedId(bare)) return true;
        if (!NumberShape.TryNormalize(bare, out var number)) return false;
        normal = ChannelAddress.On(channel, number);
        return true;
    }

    /// <summary>Five or six digits.</summary>
    public static bool IsShortCode(string address) => address.Length is 5 or 6 && !address.AsSpan().ContainsAnyExceptInRange('0', '9');
}
