using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Transports;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>SIP URIs as text, for who knows no SIP.</summary>
public static class SipAddresses
{
    /// <summary>True for a SIP or SIPS URI that can be read.</summary>
    public static bool IsValid(string text) => SipUri.TryParse(text, out var uri) && uri.IsSip;

    /// <summary>The same address with a number for its user; null for what is no SIP URI.</summary>
    public static string? WithUser(string text, string number) =>
        SipUri.TryParse(text, out var uri) && uri.IsSip ? (uri with { User = SipHost.Escaped(number) }).ToString() : null;

    /// <summary>True for an address whose way is TLS: <c>sips:</c>, or <c>transport=tls</c>.</summary>
    public static bool IsOverTls(string text) =>
        SipUri.TryParse(text, out var uri) && uri.IsSip && Hop.TryOf(uri, out var hop) && hop.Transport.IsSecure();

    /// <summary>Whom a Refer-To names.</summary>
    /// <param name="referTo">As it was written: <c>tel:+1...</c>, <c>sip:...</c>, with or without brackets.</param>
    /// <returns>The number of a <c>tel:</c> URI, or else a SIP URI; both null for what
    /// is neither. And whether it means a call that stands already (RFC 3891).</returns>
    public static (string? Number, string? Uri, bool Replaces) TargetOf(string referTo)
    {
        if (!NameAddr.TryParse(referTo, out var target)) return default;
        var uri = target.Uri;
        if (!uri.IsSip) return (uri.Scheme == "tel" ? uri.Opaque!.Split(';')[0] : null, null, false);
        return (
            null, uri.ToString(), uri.Headers?.Split('&').Any(h => h.StartsWith("Replaces=", StringComparison.OrdinalIgnoreCase)) ?? false);
    }

    /// <summary>The user, escapes resolved, and the host; both empty for what is no SIP URI.</summary>
    public static (string User, string Host) PartsOf(string text) =>
        SipUri.TryParse(text, out var uri) && uri.IsSip ? (uri.UserText ?? "", uri.Host) : ("", "");
}
