using System.Text;

namespace TwilioEmu.Carrier.Strangers;

/// <summary>What a peer speaks, by the first octets of its connection.</summary>
public enum Spoken
{
    /// <summary>Too little has come, or it is none of these.</summary>
    Unknown,
    Http,
    Tls,
    Sip,
    Smpp,
}

/// <summary>Tells protocols apart, and names them.</summary>
public static class SpokenReader
{
    /// <summary>Octets that are looked at; fewer are judged as far as they go.</summary>
    public const int MaxLength = 32;

    // As long as an SMPP command_length and command_id, and as HTTP's longest method with a space behind it.
    private const int TellingLength = 8;

    private const byte TlsHandshake = 22;

    // RFC 9110 9; PRI is HTTP/2's preface (RFC 9113 3.4). OPTIONS is SIP's as well: its target decides.
    private static readonly string[] HttpMethods = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "PRI"];

    // RFC 3261 7.1, 3262, 3311, 3428, 3515, 3903, 6086, 6665.
    private static readonly string[] SipMethods =
        [
            "INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "REGISTER", "PRACK", "UPDATE", "MESSAGE", "REFER", "PUBLISH", "INFO",
            "SUBSCRIBE", "NOTIFY",
        ];

    /// <summary>True when waiting for more octets would not change the judgement.</summary>
    public static bool IsEnough(ReadOnlySpan<byte> first) => first.Length >= TellingLength || first is [TlsHandshake, _, ..];

    /// <summary>Judges the first octets.</summary>
    public static Spoken Of(ReadOnlySpan<byte> first)
    {
        // RFC 8446 5.1: ContentType handshake, then legacy_record_version, 3 and a minor one.
        if (first is [TlsHandshake, 3, ..]) return Spoken.Tls;
        // SMPP 3.4 5.1: command_length of at most 64 KiB, then command_id,
        // whose requests are below 0x200 (5.1.2.1); every bind is 1, 2 or 9.
        if (first is [0, 0 or 1, _, _, 0, 0, 0 or 1, _, ..]) return Spoken.Smpp;
        return OfLine(Encoding.Latin1.GetString(first[..Math.Min(first.Length, MaxLength)]));
    }

    /// <summary>As people write it.</summary>
    public static string Word(this Spoken spoken) => spoken switch
    {
        Spoken.Http => "HTTP",
        Spoken.Tls => "TLS",
        Spoken.Sip => "SIP",
        Spoken.Smpp => "SMPP",
        _ => throw new ArgumentOutOfRangeException(nameof(spoken), spoken, "a protocol that has a name"),
    };

    private static Spoken OfLine(string line)
    {
        if (line.StartsWith("SIP/2.0 ", StringComparison.Ordinal)) return Spoken.Sip;
        if (line.Split(' ', 3) is not [var method, { Length: > 0 } target, ..]) return Spoken.Unknown;
        // A target in SIP is a URI of SIP or a telephone's (RFC 3261 7.1); in HTTP a path, a star, an http URL, or CONNECT's host and port.
        if (Array.IndexOf(SipMethods, method) >= 0 && IsOf(target, "sip:", "sips:", "tel:")) return Spoken.Sip;
        return Array.IndexOf(HttpMethods, method) >= 0
            && (method == "CONNECT" || target[0] is '/' or '*' || IsOf(target, "http:", "https:"))
            ? Spoken.Http
            : Spoken.Unknown;
    }

    private static bool IsOf(string target, params ReadOnlySpan<string> schemes)
    {
        foreach (var scheme in schemes) if (target.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }
}
