namespace TwilioEmu.Carrier.Switching;

/// <summary>Addresses of channels beside SMS: <c>whatsapp:+14155550199</c>, <c>rcs:acme_agent</c>. Pure.</summary>
/// <remarks>twilio.com/docs/messaging/channels. A phone is the same phone on every channel: its number is behind the colon.</remarks>
public static class ChannelAddress
{
    public const string WhatsApp = "whatsapp";
    public const string Rcs = "rcs";
    public const string Messenger = "messenger";

    private const int MaxScopedId = 128;

    private static readonly string[] Names = [WhatsApp, Rcs, Messenger];

    /// <summary>What stands before the colon, or null for an address of SMS.</summary>
    public static string? ChannelOf(string address)
    {
        // Nearly all begin with a plus sign or a digit, and are asked many times on a message's way.
        if (address.Length == 0 || !char.IsAsciiLetter(address[0])) return null;
        var colon = address.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && Array.IndexOf(Names, address[..colon]) is >= 0 and var i ? Names[i] : null;
    }

    /// <summary>What stands behind the colon: the number, an agent's or page's name; an address of SMS as it is.</summary>
    public static string Bare(string address) => ChannelOf(address) is { } channel ? address[(channel.Length + 1)..] : address;

    /// <summary>The address by which a phone writes on a channel; null is SMS. Of a person of Messenger it is their only one.</summary>
    public static string Of(string phone, string? channel) => ChannelOf(phone) is null ? On(channel, phone) : phone;

    /// <summary>An address on a channel; null is SMS.</summary>
    public static string On(string? channel, string bare) => channel is null ? bare : $"{channel}:{bare}";

    /// <summary>
    /// True for what WhatsApp calls a person towards one business: <c>US.13491208655302741918</c>, or <c>US.ENT.1181...</c> for several of
    /// one owner.
    /// </summary>
    /// <remarks>
    /// developers.facebook.com/documentation/business-messaging/whatsapp, business-scoped user IDs: a country by ISO 3166, and up to 128
    /// letters and digits behind the last period.
    /// </remarks>
    public static bool IsScopedId(string bare)
    {
        const int country = 2;
        if (bare.Length <= country + 1 || bare[country] != '.' || bare.AsSpan(0, country).ContainsAnyExceptInRange('A', 'Z')) return false;
        var id = bare.AsSpan(country + 1);
        if (id.StartsWith("ENT.", StringComparison.Ordinal)) id = id["ENT.".Length..];
        if (id.Length is 0 or > MaxScopedId) return false;
        foreach (var c in id)
        {
            if (!char.IsAsciiLetterOrDigit(c)) return false;
        }
        return true;
    }

    /// <summary>Whose phone it is: people of Messenger have no numbers, and are phones of their own.</summary>
    internal static string PhoneOf(string address) => ChannelOf(address) is WhatsApp or Rcs ? Bare(address) : address;
}
