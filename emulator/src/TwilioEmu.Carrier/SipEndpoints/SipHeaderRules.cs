using TwilioEmu.Sip.Messages;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>Which headers go through between app and phone.</summary>
/// <remarks>
/// twilio.com/docs/voice/api/sending-sip, twilio.com/docs/voice/twiml/sip; error dictionary 13251, 13252, 13253, 32112, 32113.
/// </remarks>
public static class SipHeaderRules
{
    /// <summary>Bytes of names and values that a URI may carry (13253).</summary>
    public const int MaxSentLength = 1024;

    /// <summary>Headers told to the app at most; what is more is dropped (inferred).</summary>
    private const int MaxPassed = 64;

    /// <summary>Headers that a URI may carry; what is more is dropped (13251; the number is inferred).</summary>
    public const int MaxSent = 64;

    private const string UserToUser = "User-to-User";

    private static readonly string[] Settable = [UserToUser, "Remote-Party-ID", "P-Preferred-Identity", "P-Called-Party-ID"];

    /// <summary>What the app is told: names that begin with <c>X-</c>, spelt as they came, and User-to-User.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> Passed(SipHeaders headers) =>
    [
        .. headers.Lines.Where(h => IsCustom(h.Name) || h.Is(UserToUser)).Take(MaxPassed).Select(h => KeyValuePair.Create(h.Name, h.Text)),
    ];

    /// <summary>What is wrong with the headers that a URI asks to be sent, by its code; 0 for nothing.</summary>
    public static (int Code, string Wrong) Judge(string uri) =>
        SipUri.TryParse(uri, out var parsed) && Asked(parsed) is var (_, code, wrong) ? (code, wrong) : (0, "");

    /// <summary>
    /// What a URI asks to be sent, as <c>?x-a=1&amp;X-B=2</c>. One that may not
    /// be is dropped, and the call goes on; too many bytes end it (13253).
    /// </summary>
    /// <returns>The headers; the code and text of what is wrong, 0 for nothing.</returns>
    internal static (SipHeaders Headers, int Code, string Wrong) Asked(SipUri uri)
    {
        if (uri.Headers is not { } text) return (SipHeaders.Empty, 0, "");
        if (text.Length >= MaxSentLength)
        {
            return (
                SipHeaders.Empty, 13253, $"the headers of the SIP URI have {text.Length} bytes, fewer than {MaxSentLength} may be sent");
        }
        var (headers, code, wrong) = (SipHeaders.Empty, 0, "");
        var pairs = text.Split('&', StringSplitOptions.RemoveEmptyEntries);
        if (pairs.Length > MaxSent) (code, wrong) = (13251, $"the SIP URI has {pairs.Length} headers, {MaxSent} are sent");
        foreach (var pair in pairs.Take(MaxSent))
        {
            var cut = pair.IndexOf('=', StringComparison.Ordinal);
            var name = Uri.UnescapeDataString(cut < 0 ? pair : pair[..cut]);
            var value = cut < 0 ? "" : Uri.UnescapeDataString(pair[(cut + 1)..]);
            if (Judge(name, value) is var fault and not 0) (code, wrong) = (fault, $"the header {name} of the SIP URI is not sent");
            else headers = headers.With(Capitalised(name), value);
        }
        return (headers, code, wrong);
    }

    /// <summary>
    /// 32113 for Twilio's own names, 13252 for what may not be set or is no name, 32112 for a value that would break the message.
    /// </summary>
    private static int Judge(string name, string value) =>
        name.StartsWith("X-Twilio", StringComparison.OrdinalIgnoreCase) ? 32113
        : !IsCustom(name) && !Settable.Contains(name, StringComparer.OrdinalIgnoreCase) || !name.All(c =>
            char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? 13252
        : value.Any(char.IsControl) ? 32112
        : 0;

    private static bool IsCustom(string name) => name.StartsWith("X-", StringComparison.OrdinalIgnoreCase);

    /// <summary><c>x-mycustomheader</c> goes out as <c>X-Mycustomheader</c> (one capture); what has capitals stays.</summary>
    private static string Capitalised(string name) => name.Any(char.IsAsciiLetterUpper)
        ? name
        : string.Join('-', name.Split('-').Select(p => p.Length == 0 ? p : char.ToUpperInvariant(p[0]) + p[1..]));
}
