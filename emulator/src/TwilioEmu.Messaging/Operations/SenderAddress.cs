namespace TwilioEmu.Messaging.Operations;

/// <summary>The shapes of address that are no E.164 number.</summary>
/// <remarks>twilio.com/docs/glossary/what-alphanumeric-sender-id; twilio.com/docs/messaging/channels.</remarks>
internal static class SenderAddress
{
    private static readonly string[] Channels = ["whatsapp", "messenger", "rcs"];

    /// <summary>The channel before the colon, or null for a plain address.</summary>
    public static string? Channel(string address)
    {
        var colon = address.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && Array.IndexOf(Channels, address[..colon]) is >= 0 and var i ? Channels[i] : null;
    }

    /// <summary>Five or six digits.</summary>
    public static bool IsShortCode(string address) => address.Length is 5 or 6 && address.All(char.IsAsciiDigit);
}
