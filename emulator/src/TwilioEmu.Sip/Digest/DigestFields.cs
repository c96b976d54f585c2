using System.Text;
using TwilioEmu.Sip.Messages;

namespace TwilioEmu.Sip.Digest;

/// <summary>The comma-separated <c>name=value</c> of a challenge or credentials, values without quotes.</summary>
internal static class DigestFields
{
    /// <summary>More than any scheme has.</summary>
    private const int MaxCount = 32;

    /// <summary><c>"Digest" LWS name EQUAL value *( COMMA name EQUAL value )</c>; false for another scheme.</summary>
    public static bool TryParse(string text, out Dictionary<string, string> fields)
    {
        fields = new(StringComparer.OrdinalIgnoreCase);
        var scanner = new SipScanner(Encoding.UTF8.GetBytes(text));
        scanner.SkipSpace();
        if (!scanner.TryTakeToken(out var scheme) || !scheme.Equals("Digest", StringComparison.OrdinalIgnoreCase)) return false;
        do
        {
            scanner.SkipSpace();
            if (!scanner.TryTakeToken(out var name) || !scanner.TryTake((byte)'=')) return false;
            if (!scanner.TryTakeQuoted(out var value) && !scanner.TryTakeUntil(SipGrammar.ParameterValueEnd, out value)) return false;
            if (fields.Count == MaxCount || !fields.TryAdd(name, QuotedString.Unquote(Encoding.UTF8.GetString(value)))) return false;
        }
        while (scanner.TryTake((byte)','));
        return scanner.IsAtEnd;
    }
}
