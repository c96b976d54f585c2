using System.Collections.Frozen;

namespace TwilioEmu.Products.Sip;

/// <summary>Names of SIP domains, and the localised forms a domain answers to.</summary>
/// <remarks>
/// twilio.com/docs/voice/api/sending-sip: <c>name.sip.twilio.com</c>, by edge <c>name.sip.ashburn.twilio.com</c>,
/// by region <c>name.sip.us1.twilio.com</c>.
/// </remarks>
internal static class SipDomainNames
{
    private const string Sip = ".sip.";
    private const string End = ".twilio.com";
    private const int MaxLength = 253;

    private static readonly FrozenSet<string> Places = new[]
    {
        "ashburn", "umatilla", "dublin", "frankfurt", "singapore", "tokyo", "sao-paulo", "sydney",
        "us1", "us2", "ie1", "de1", "sg1", "jp1", "br1", "au1", "us1-ix", "us2-ix", "ie1-ix", "de1-ix", "sg1-ix", "jp1-ix", "br1-ix",
        "au1-ix",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The domain's own name for a host as it was dialled; null for what is none.</summary>
    public static string? Canonical(string host)
    {
        var name = host.ToLowerInvariant();
        if (!name.EndsWith(End, StringComparison.Ordinal)) return null;
        var at = name.LastIndexOf(Sip, StringComparison.Ordinal);
        if (at <= 0) return null;
        var own = name[..at] + Sip[..^1] + End;
        var place = name[(at + Sip.Length)..];
        return place == End[1..] ? name
            : place.EndsWith(End, StringComparison.Ordinal) && Places.Contains(place[..^End.Length]) ? own
            : null;
    }

    /// <summary>The edge or region that a host names; null for the plain name.</summary>
    public static string? PlaceOf(string host)
    {
        var name = host.ToLowerInvariant();
        var at = name.LastIndexOf(Sip, StringComparison.Ordinal);
        var place = at < 0 ? "" : name[(at + Sip.Length)..];
        return place.EndsWith(End, StringComparison.Ordinal) ? place[..^End.Length] : null;
    }

    /// <summary>True for what a new domain may be called: labels of letters, digits and hyphens before <c>.sip.twilio.com</c>.</summary>
    public static bool IsValid(string name) =>
        name.Length <= MaxLength && Canonical(name) == name && name[..^(Sip.Length - 1 + End.Length)].Split('.').All(IsLabel);

    /// <summary>True where the one lies below the other: <c>a.b.sip.twilio.com</c> and <c>b.sip.twilio.com</c>.</summary>
    public static bool IsBelow(string name, string parent) => name.EndsWith("." + parent, StringComparison.OrdinalIgnoreCase);

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-'
            && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
