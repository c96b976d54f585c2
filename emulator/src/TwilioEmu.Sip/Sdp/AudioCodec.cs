using System.Globalization;

namespace TwilioEmu.Sip.Sdp;

/// <summary>Codecs of a telephone: G.711 in its two laws, 8 kHz, one octet a sample.</summary>
public enum AudioCodec
{
    /// <summary>mu-law, static payload type 0 (RFC 3551 §6).</summary>
    Pcmu,

    /// <summary>A-law, static payload type 8.</summary>
    Pcma,
}

/// <summary>Codecs and the payload types by which a description names them.</summary>
public static class AudioFormats
{
    public const string TelephoneEvent = "telephone-event";

    /// <summary>What phones use for events by habit; any of 96 to 127 will do (RFC 4733 §7).</summary>
    public const int UsualEventType = 101;

    private static readonly (AudioCodec Codec, string Name, int StaticType)[] Table =
        [(AudioCodec.Pcmu, "PCMU", 0), (AudioCodec.Pcma, "PCMA", 8)];

    public static string NameOf(AudioCodec codec) => Table.First(r => r.Codec == codec).Name;

    public static int StaticTypeOf(AudioCodec codec) => Table.First(r => r.Codec == codec).StaticType;

    /// <summary>The telephone codec that payload type stands for in this medium; null for any other. A <c>rtpmap</c> goes before the static
    /// table.</summary>
    public static AudioCodec? CodecOf(MediaDescription media, int type)
    {
        if (Map(media, type) is not { } map)
        {
            foreach (var row in Table)
                if (row.StaticType == type) return row.Codec;
            return null;
        }
        foreach (var row in Table)
            if (IsAt8000(map, row.Name)) return row.Codec;
        return null;
    }

    /// <summary>The payload type of RFC 4733 events at 8 kHz; null when keys cannot be sent there.</summary>
    public static int? EventTypeOf(MediaDescription media)
    {
        foreach (var type in TypesOf(media))
            if (Map(media, type) is { } map && IsAt8000(map, TelephoneEvent)) return type;
        return null;
    }

    public static IEnumerable<int> TypesOf(MediaDescription media) =>
        media.Formats.Select(f => byte.TryParse(f, NumberStyles.None, CultureInfo.InvariantCulture, out var type) && type < 128 ? type : -1)
            .Where(type => type >= 0);

    /// <summary><c>name/8000[/1]</c>, RFC 8866 §6.6.</summary>
    private static bool IsAt8000(string map, string name) => map.Equals(name + "/8000", StringComparison.OrdinalIgnoreCase)
        || map.Equals(name + "/8000/1", StringComparison.OrdinalIgnoreCase);

    private static string? Map(MediaDescription media, int type)
    {
        var prefix = type.ToString(CultureInfo.InvariantCulture) + " ";
        return media.All("rtpmap").FirstOrDefault(m => m.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..].Trim();
    }
}
