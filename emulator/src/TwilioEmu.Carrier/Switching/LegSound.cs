using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Carrier.Switching;

/// <summary>What was measured of a live leg's sound: of ten seconds, or of all of it.</summary>
/// <remarks>
/// RFC 3550: counts and jitter of what came by the headers of the packets (appendix A), of what went out by the party's own reports (§6.4).
/// </remarks>
public sealed record LegSound
{
    /// <summary>Along its members, for what keeps it.</summary>
    public static LegSound Walk(LegSound? s, Members m) => new()
    {
        Codec = m.Text("codec", s?.Codec),
        Remote = m.Text("remote", s?.Remote),
        Sent = m.Long("sent", s?.Sent),
        Received = m.Long("received", s?.Received),
        Lost = m.Long("lost", s?.Lost),
        Duplicates = m.Long("duplicates", s?.Duplicates),
        Jitter = m.Span("jitter", s?.Jitter),
        MaxJitter = m.Span("max_jitter", s?.MaxJitter),
        LostThere = m.NumberOrNull("lost_there", s?.LostThere),
        JitterThere = m.SpanOrNull("jitter_there", s?.JitterThere),
    };

    /// <summary>As SDP has it: <c>PCMU</c>, <c>PCMA</c>.</summary>
    public required string Codec { get; init; }

    /// <summary>Where the party receives, host and port, by its description.</summary>
    public required string Remote { get; init; }

    /// <summary>Packets to the party.</summary>
    public long Sent { get; init; }

    /// <summary>Packets from it, duplicates included.</summary>
    public long Received { get; init; }

    /// <summary>Packets of its own that never came.</summary>
    public long Lost { get; init; }

    /// <summary>Packets of its own that came again.</summary>
    public long Duplicates { get; init; }

    /// <summary>Of what came, on average.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>Of what came, at its worst.</summary>
    public TimeSpan MaxJitter { get; init; }

    /// <summary>Packets to the party that it has missed since the call began, by its last report; null where it reports nothing.</summary>
    public int? LostThere { get; init; }

    /// <summary>Of what came there, by its last report; null where it reports nothing.</summary>
    public TimeSpan? JitterThere { get; init; }

    /// <summary>Of what was to come, 0 to 1.</summary>
    public double LossRatio => Received - Duplicates + Lost is > 0 and var expected ? (double)Lost / expected : 0;
}
