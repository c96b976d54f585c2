using TwilioEmu.Sip.Messages;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>SIP URIs as text, for who knows no SIP.</summary>
public static class SipAddresses
{
    /// <summary>True for a SIP or SIPS URI that can be read.</summary>
    public static bool IsValid(string text) => SipUri.TryParse(text, out var uri) && uri.IsSip;

    /// <summary>The same address with a number for its user; null for what is no SIP URI.</summary>
    public static string? WithUser(string text, string number) =>
        SipUri.TryParse(text, out var uri) && uri.IsSip ? (uri with { User = SipHost.Escaped(number) }).ToString() : null;

    /// <summary>The user, escapes resolved, and the host; both empty for what is no SIP URI.</summary>
    public static (string User, string Host) PartsOf(string text) => SipUri.TryParse(text, out var uri) && uri.IsSip ? (uri.UserText ?? "", uri.Host) : ("", "");
}
