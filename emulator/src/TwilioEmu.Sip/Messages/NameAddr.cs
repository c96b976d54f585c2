using System.Text;

namespace TwilioEmu.Sip.Messages;

/// <summary>A party as headers name one: From, To, Contact, Route, Record-Route, Refer-To.</summary>
/// <param name="DisplayName">Plain text without quotes; null when none is written.</param>
public sealed record NameAddr(string? DisplayName, SipUri Uri, SipParameters Parameters)
{
    public NameAddr(SipUri uri) : this(null, uri, SipParameters.None) { }

    public string? Tag => Parameters["tag"];

    public NameAddr WithTag(string tag) => this with { Parameters = Parameters.With("tag", tag) };

    /// <summary><c>( [ display-name ] "&lt;" addr-spec "&gt;" / addr-spec ) *( SEMI generic-param )</c></summary>
    /// <remarks>Without brackets what follows <c>;</c> belongs to the header, and a <c>?</c> or comma in the URI is an error (RFC 3261
    /// §20.10).</remarks>
    public static bool TryParse(ReadOnlySpan<byte> text, out NameAddr address)
    {
        address = null!;
        var scanner = new SipScanner(text);
        scanner.SkipSpace();
        string? display = null;
        SipUri uri;
        if (scanner.Next == '"')
        {
            if (!scanner.TryTakeQuoted(out var quoted)) return false;
            display = QuotedString.Unquote(Encoding.UTF8.GetString(quoted));
            scanner.SkipSpace();
            if (scanner.Next != '<') return false;
        }
        else if (scanner.Rest.IndexOf((byte)'<') is > 0 and var bracket && scanner.Rest[..bracket] is var words
            && !words.ContainsAny(SipGrammar.NotInDisplayName))
        {
            // *(token LWS); letters beyond ASCII are no tokens, but phones send them.
            display = Encoding.UTF8.GetString(words).TrimEnd();
            scanner = new SipScanner(scanner.Rest[bracket..]);
        }
        if (scanner.Next == '<')
        {
            if (!scanner.TryTakeThrough((byte)'>', out var within) || !SipUri.TryParse(within[1..], out uri)) return false;
        }
        else
        {
            if (!scanner.TryTakeUntil(SipGrammar.ParameterValueEnd, out var bare) || bare.Contains((byte)'?')
                || !SipUri.TryParse(bare, out uri)) return false;
        }
        if (!SipParameters.TryTake(ref scanner, out var parameters) || !scanner.IsAtEnd) return false;
        address = new(display, uri, parameters);
        return true;
    }

    public static bool TryParse(string text, out NameAddr address) => TryParse(Encoding.UTF8.GetBytes(text), out address);

    public override string ToString() => DisplayName is null ? $"<{Uri}>{Parameters}"
        : $"{QuotedString.Quote(DisplayName)} <{Uri}>{Parameters}";
}
