using System.Text;
using TwilioEmu.Sip.Messages;

namespace TwilioEmu.Sip.Parsing;

/// <summary>A message's first line: with a method a request, else a response.</summary>
internal readonly record struct StartLine(string? Method, SipUri? Uri, int Status, string Reason)
{
    /// <summary>On <see cref="SipParseError.BadVersion"/> the line is read all the same, so that it can be answered 505.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out StartLine start, out SipParseError error) =>
        IsVersion(line) ? TryReadStatus(line, out start, out error) : TryReadRequest(line, out start, out error);

    /// <summary><c>Request-Line = Method SP Request-URI SP SIP-Version</c>: single spaces, nothing after the version.</summary>
    private static bool TryReadRequest(ReadOnlySpan<byte> line, out StartLine start, out SipParseError error)
    {
        start = default;
        error = SipParseError.BadStartLine;
        var first = line.IndexOf((byte)' ');
        var last = line.LastIndexOf((byte)' ');
        if (first <= 0 || last <= first + 1) return false;
        var method = line[..first];
        var version = line[(last + 1)..];
        if (!method.IsAllOf(SipGrammar.Token) || !IsVersion(version)) return false;
        error = SipParseError.BadRequestUri;
        // Headers and the method parameter belong to URIs elsewhere (RFC 3261 §19.1.1).
        if (!SipUri.TryParse(line[(first + 1)..last], out var uri) || uri.Headers is not null) return false;
        start = new(SipMethods.Known(Encoding.ASCII.GetString(method)), uri, 0, "");
        return IsOurs(version, out error);
    }

    /// <summary><c>Status-Line = SIP-Version SP Status-Code SP Reason-Phrase</c>; the last space may be missing, as some send it.</summary>
    private static bool TryReadStatus(ReadOnlySpan<byte> line, out StartLine start, out SipParseError error)
    {
        start = default;
        error = SipParseError.BadStatus;
        var space = line.IndexOf((byte)' ');
        if (space < 0) return false;
        var rest = line[(space + 1)..];
        if (rest.Length < 3 || !rest[..3].IsAllOf(SipGrammar.Digits) || (rest.Length > 3 && rest[3] != ' ')) return false;
        var status = int.Parse(rest[..3]);
        if (status is < 100 or > 699) return false;
        start = new(null, null, status, rest.Length > 4 ? Encoding.UTF8.GetString(rest[4..]) : "");
        return IsOurs(line[..space], out error);
    }

    /// <summary><c>SIP-Version = "SIP" "/" 1*DIGIT "." 1*DIGIT</c>, without regard to case.</summary>
    private static bool IsVersion(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf((byte)' ') is >= 0 and var space) text = text[..space];
        return text.Length >= 7 && Ascii.EqualsIgnoreCase(text[..4], "SIP/"u8) && text[4..].IsAllOf(SipGrammar.Version);
    }

    private static bool IsOurs(ReadOnlySpan<byte> version, out SipParseError error)
    {
        var ours = version[4..].SequenceEqual("2.0"u8);
        error = ours ? SipParseError.None : SipParseError.BadVersion;
        return ours;
    }
}
