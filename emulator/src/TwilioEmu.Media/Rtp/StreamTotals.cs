namespace TwilioEmu.Media.Rtp;

/// <summary>What became of a leg's packets, over all the sources and sessions it had.</summary>
/// <param name="Sent">Sent by us.</param>
/// <param name="Received">Came, duplicates included.</param>
/// <param name="Missing">Never came.</param>
/// <param name="Duplicates">Came again.</param>
public readonly record struct StreamTotals(long Sent, long Received, long Missing, long Duplicates)
{
    public static StreamTotals operator +(StreamTotals a, StreamTotals b) =>
        new(a.Sent + b.Sent, a.Received + b.Received, a.Missing + b.Missing, a.Duplicates + b.Duplicates);

    public static StreamTotals Add(StreamTotals left, StreamTotals right) => left + right;
}
