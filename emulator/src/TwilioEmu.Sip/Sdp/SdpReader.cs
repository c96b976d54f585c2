using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TwilioEmu.Sip.Sdp;

/// <summary>Why a body is no session description.</summary>
public enum SdpError
{
    None,
    TooLong,
    TooManyLines,

    /// <summary>A line that is not <c>letter=value</c>.</summary>
    BadLine,

    /// <summary>Not <c>v=0</c> at the start.</summary>
    BadVersion,
    BadOrigin,
    BadConnection,
    BadMedia,

    /// <summary>A medium with a port and no address for it.</summary>
    NoConnection,
}

/// <summary>Reads a session description, RFC 8866 §5 and §9.</summary>
/// <remarks>Liberal where phones are careless: <c>s=</c> and <c>t=</c> may be missing, lines of a section come in any order, a bare LF ends
/// one.</remarks>
public static class SdpReader
{
    /// <summary>More than a browser's longest; (inferred).</summary>
    public const int MaxBytes = 16384;

    public const int MaxLines = 512;

    public static bool TryRead(ReadOnlySpan<byte> body, out SessionDescription description, out SdpError error)
    {
        description = null!;
        if (body.Length > MaxBytes) return Fail(SdpError.TooLong, out error);
        var lines = Encoding.UTF8.GetString(body).Split('\n', MaxLines + 1);
        if (lines.Length > MaxLines) return Fail(SdpError.TooManyLines, out error);
        var session = new Section();
        var section = session;
        var media = new List<Section>();
        SdpOrigin? origin = null;
        string? name = null;
        var isFirst = true;
        foreach (var raw in lines)
        {
            var line = raw.TrimEnd('\r');
            if (line.Length == 0) continue;
            if (line.Length < 2 || line[1] != '=' || !char.IsAsciiLetter(line[0])) return Fail(SdpError.BadLine, out error);
            var value = line[2..];
            if (isFirst && line != "v=0") return Fail(SdpError.BadVersion, out error);
            switch (line[0])
            {
                case 'v' when !isFirst: return Fail(SdpError.BadVersion, out error);
                case 'v': break;
                case 'o' when section == session:
                    if (origin is not null || !TryReadOrigin(value, out origin)) return Fail(SdpError.BadOrigin, out error);
                    break;
                case 's' when section == session: name = value; break;
                case 'c':
                    if (!TryReadConnection(value, out var connection)) return Fail(SdpError.BadConnection, out error);
                    section.Connection ??= connection;
                    break;
                case 'm':
                    section = new Section();
                    if (!TryReadMedia(value, section)) return Fail(SdpError.BadMedia, out error);
                    media.Add(section);
                    break;
                case 'a':
                    var colon = value.IndexOf(':', StringComparison.Ordinal);
                    section.Attributes.Add(colon < 0 ? new(value, null) : new(value[..colon], value[(colon + 1)..]));
                    break;
                default: section.Lines.Add(line); break;
            }
            isFirst = false;
        }
        if (isFirst) return Fail(SdpError.BadVersion, out error);
        if (origin is null) return Fail(SdpError.BadOrigin, out error);
        if (media.Any(m => m.Port != 0 && m.Connection is null && session.Connection is null)) return Fail(SdpError.NoConnection,
            out error);
        error = SdpError.None;
        description = new(origin, name ?? "-", session.Connection, [.. session.Lines], [.. session.Attributes],
            [.. media.Select(m => new MediaDescription(m.Kind, m.Port, m.Protocol, m.Formats, m.Connection, [.. m.Lines],
                [.. m.Attributes]))]);
        return true;
    }

    private static bool TryReadOrigin(string value, out SdpOrigin? origin)
    {
        origin = null;
        var parts = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 6 || parts[3] != "IN" || parts[4] is not ("IP4" or "IP6") || !parts[1].All(char.IsAsciiDigit)) return false;
        // A version beyond 64 bits is compared by nobody; that it moved is all that counts.
        var version = ulong.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        if (!parts[2].All(char.IsAsciiDigit)) return false;
        origin = new(parts[0], parts[1], version, parts[5], parts[4] == "IP6");
        return true;
    }

    /// <summary><c>IN IP4 address[/ttl[/count]]</c>; a name in place of an address is let stand.</summary>
    private static bool TryReadConnection(string value, out SdpConnection? connection)
    {
        connection = null;
        var parts = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 3 || parts[0] != "IN" || parts[1] is not ("IP4" or "IP6")) return false;
        var address = parts[2].Split('/')[0];
        var isIPv6 = parts[1] == "IP6";
        if (IPAddress.TryParse(address, out var ip) && (ip.AddressFamily == AddressFamily.InterNetworkV6) != isIPv6) return false;
        if (address.Length == 0 || address.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or ':' or '-'))) return false;
        connection = new(address, isIPv6);
        return true;
    }

    /// <summary><c>media SP port ["/" count] SP proto 1*(SP fmt)</c></summary>
    private static bool TryReadMedia(string value, Section section)
    {
        var parts = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 4 || !ushort.TryParse(parts[1].Split('/')[0], NumberStyles.None, CultureInfo.InvariantCulture,
            out var port)) return false;
        (section.Kind, section.Port, section.Protocol, section.Formats) = (parts[0], port, parts[2], [.. parts[3..]]);
        return true;
    }

    private static bool Fail(SdpError reason, out SdpError error)
    {
        error = reason;
        return false;
    }

    private sealed class Section
    {
        public string Kind = "";
        public int Port;
        public string Protocol = "";
        public ImmutableArray<string> Formats = [];
        public SdpConnection? Connection;
        public readonly List<string> Lines = [];
        public readonly List<SdpAttribute> Attributes = [];
    }
}
