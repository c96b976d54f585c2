using System.Text;
using TwilioEmu.Sip.Messages;

namespace TwilioEmu.Sip.Dialogs;

/// <summary>The dialog that a new call is to take the place of: how an attended transfer names the call it was talked over in.</summary>
/// <param name="ToTag">The tag of whoever is asked to replace it.</param>
/// <param name="FromTag">The tag of the other end of that dialog.</param>
/// <param name="IsEarlyOnly">Only while it is not answered.</param>
/// <remarks>RFC 3891 §6.1: <c>Replaces = callid *(SEMI ("to-tag=" token / "from-tag=" token / "early-only" / generic-param))</c></remarks>
public readonly record struct Replaces(string CallId, string ToTag, string FromTag, bool IsEarlyOnly)
{
    public const string HeaderName = "Replaces";

    public static bool TryParse(string text, out Replaces replaces)
    {
        replaces = default;
        var parts = text.Split(';', StringSplitOptions.TrimEntries);
        if (parts[0].Length == 0 || !IsWord(parts[0])) return false;
        string? to = null, from = null;
        var isEarlyOnly = false;
        foreach (var part in parts.AsSpan(1))
        {
            var cut = part.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = cut < 0 ? (part, "") : (part[..cut].TrimEnd(), part[(cut + 1)..].TrimStart());
            if (name.Equals("to-tag", StringComparison.OrdinalIgnoreCase)) to = to is null ? value : "";
            else if (name.Equals("from-tag", StringComparison.OrdinalIgnoreCase)) from = from is null ? value : "";
            else isEarlyOnly |= name.Equals("early-only", StringComparison.OrdinalIgnoreCase);
        }
        // Each tag once and with a value.
        if (to is not { Length: > 0 } || from is not { Length: > 0 }) return false;
        replaces = new(parts[0], to, from, isEarlyOnly);
        return true;
    }

    private static bool IsWord(string text)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(text);
        return bytes.IsAllOf(SipGrammar.Word);
    }

    /// <summary>As a URI's headers carry it (RFC 3261 §19.1.1); null where they do not, or not so that it can be read.</summary>
    public static Replaces? In(SipUri uri)
    {
        foreach (var header in uri.Headers?.Split('&') ?? [])
        {
            var cut = header.IndexOf('=', StringComparison.Ordinal);
            if (cut > 0 && Uri.UnescapeDataString(header[..cut]).Equals(HeaderName, StringComparison.OrdinalIgnoreCase)
                && TryParse(Uri.UnescapeDataString(header[(cut + 1)..]), out var replaces)) return replaces;
        }
        return null;
    }
}
