using System.Globalization;
using System.Text;

namespace TwilioEmu.Sip.Sdp;

/// <summary>Writes a session description in the order of RFC 8866 §5.</summary>
public static class SdpWriter
{
    public const string ContentType = "application/sdp";

    public static byte[] Write(SessionDescription description) => Encoding.UTF8.GetBytes(Text(description));

    public static string Text(SessionDescription description)
    {
        var text = new StringBuilder("v=0\r\n");
        var origin = description.Origin;
        var version = origin.Version.ToString(CultureInfo.InvariantCulture);
        Line(text, $"o={origin.Username} {origin.SessionId} {version} IN {Family(origin.IsIPv6)} {origin.Address}");
        Line(text, $"s={description.Name}");
        foreach (var line in description.Lines.Where(IsBeforeConnection)) Line(text, line);
        Connection(text, description.Connection);
        foreach (var line in description.Lines.Where(l => !IsBeforeConnection(l))) Line(text, line);
        if (!description.Lines.Any(l => l.StartsWith("t=", StringComparison.Ordinal))) Line(text, "t=0 0");
        foreach (var attribute in description.Attributes) Line(text, $"a={attribute}");
        foreach (var media in description.Media)
        {
            Line(text, $"m={media.Kind} {media.Port} {media.Protocol} {string.Join(' ', media.Formats)}");
            foreach (var line in media.Lines.Where(l => l[0] == 'i')) Line(text, line);
            Connection(text, media.Connection);
            foreach (var line in media.Lines.Where(l => l[0] != 'i')) Line(text, line);
            foreach (var attribute in media.Attributes) Line(text, $"a={attribute}");
        }
        return text.ToString();
    }

    private static void Connection(StringBuilder text, SdpConnection? connection)
    {
        if (connection is not null) Line(text, $"c=IN {Family(connection.IsIPv6)} {connection.Address}");
    }

    private static bool IsBeforeConnection(string line) => line[0] is 'i' or 'u' or 'e' or 'p';

    private static string Family(bool isIPv6) => isIPv6 ? "IP6" : "IP4";

    private static void Line(StringBuilder text, string line) => text.Append(line).Append("\r\n");
}
