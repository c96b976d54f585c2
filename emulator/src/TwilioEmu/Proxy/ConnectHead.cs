using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TwilioEmu.Tls;

namespace TwilioEmu.Proxy;

/// <summary>What a client asks the proxy for before it speaks to anybody else. Pure.</summary>
/// <param name="Host">As sent, without the brackets of an IPv6 address.</param>
/// <param name="Port">1 to 65535.</param>
/// <remarks>RFC 9110 9.3.6: <c>CONNECT uri-host ":" port HTTP/1.x CRLF *( field-line CRLF ) CRLF</c>.</remarks>
internal readonly record struct ConnectHead(string Host, int Port)
{
    /// <summary>Bytes of a request head at most; names and a few fields fit many times over.</summary>
    public const int MaxBytes = 8 * 1024;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._");

    /// <summary>Reads a head if it is whole.</summary>
    /// <param name="buffer">From the C of CONNECT on.</param>
    /// <param name="head">The request, when it is sound.</param>
    /// <param name="end">Where the head ends and the client's own bytes begin.</param>
    public static ConnectOutcome TryRead(in ReadOnlySequence<byte> buffer, out ConnectHead head, out SequencePosition end)
    {
        head = default;
        var reader = new SequenceReader<byte>(buffer);
        if (!reader.TryReadTo(out ReadOnlySequence<byte> lines, "\r\n\r\n"u8))
        {
            end = buffer.Start;
            return buffer.Length > MaxBytes ? ConnectOutcome.TooLarge : ConnectOutcome.Incomplete;
        }
        end = reader.Position;
        if (lines.Length > MaxBytes) return ConnectOutcome.TooLarge;
        var text = Encoding.Latin1.GetString(lines).Split("\r\n");
        return TryReadRequestLine(text[0], out head) && text.Skip(1).All(IsField) ? ConnectOutcome.Read : ConnectOutcome.Malformed;
    }

    private static bool TryReadRequestLine(string line, out ConnectHead head)
    {
        head = default;
        if (line.Split(' ') is not ["CONNECT", var authority, "HTTP/1.1" or "HTTP/1.0"]) return false;
        var colon = authority.LastIndexOf(':');
        if (colon < 1 || !int.TryParse(authority.AsSpan(colon + 1), NumberStyles.None, null, out var port) || port is < 1 or > 65_535)
        {
            return false;
        }
        var host = authority[..colon];
        if (host[0] == '[')
        {
            if (host[^1] != ']' || !IPAddress.TryParse(host.AsSpan(1, host.Length - 2), out var address)
                || address.AddressFamily != AddressFamily.InterNetworkV6)
            {
                return false;
            }
            host = host[1..^1];
        }
        else if (host.Length > ServedNames.MaxLength || host.AsSpan().ContainsAnyExcept(NameCharacters)) return false;
        head = new ConnectHead(host, port);
        return true;
    }

    // RFC 9112 5.1: a name without white space before the colon. A bare CR or LF inside a line is no field's.
    private static bool IsField(string line) =>
        line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0
        && !line.AsSpan(0, colon).ContainsAny(' ', '\t') && !line.AsSpan().ContainsAny('\r', '\n', '\0');
}

/// <summary>What became of reading a head.</summary>
internal enum ConnectOutcome
{
    Read,
    Incomplete,
    Malformed,
    TooLarge,
}
