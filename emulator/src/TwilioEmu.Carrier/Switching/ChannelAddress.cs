namespace TwilioEmu.Carrier.Switching;

/// <summary>Addresses of channels beside SMS: <c>whatsapp:+14155550199</c>, <c>rcs:acme_agent</c>. Pure.</summary>
/// <remarks>twilio.com/docs/messaging/channels. A phone is the same phone on every channel: its number is behind the colon.</remarks>
public static class ChannelAddress
{
    public const string WhatsApp = "whatsapp";
    public const string Rcs = "rcs";
    public const string Messenger = "messenger";

    private static readonly string[] Names = [WhatsApp, Rcs, Messenger];

    /// <summary>What stands before the colon, or null for an address of SMS.</summary>
    public static string? ChannelOf(string address)
    {
        var colon = address.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && Array.IndexOf(Names, address[..colon]) is >= 0 and var i ? Names[i] : null;
    }

    /// <summary>What stands behind the colon: the number, an agent's or page's name; an address of SMS as it is.</summary>
    public static string Bare(string address) => ChannelOf(address) is { } channel ? address[(channel.Length + 1)..] : address;

    /// <summary>The address by which a phone writes on a channel; null is SMS. Of a person of Messenger it is their only one.</summary>
    public static string Of(string phone, string? channel) => ChannelOf(phone) is null ? On(channel, phone) : phone;

    /// <summary>An address on a channel; null is SMS.</summary>
    public static string On(string? channel, string bare) => channel is null ? bare : $"{channel}:{bare}";

    /// <summary>Whose phone it is: people of Messenger have no numbers, and are phones of their own.</summary>
    internal static string PhoneOf(string address) => ChannelOf(address) is WhatsApp or Rcs ? Bare(address) : address;
}
