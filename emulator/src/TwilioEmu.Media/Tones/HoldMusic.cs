namespace TwilioEmu.Media.Tones;

/// <summary>A quiet loop of broken chords, ours alone: what is heard on hold where no file is fetched.</summary>
internal static class HoldMusic
{
    private const int NoteSampleCount = 3200;
    private const double Dbm0 = -15;

    // I, vi, IV, V of C, each broken upwards and back; in whole hertz (equal temperament, A = 440, rounded).
    private static readonly int[] Notes =
    [
        262, 330, 392, 523, 392, 330,
        220, 262, 330, 440, 330, 262,
        175, 220, 262, 349, 262, 220,
        196, 247, 294, 392, 294, 247,
    ];

    private static readonly Lazy<short[]> Loop = new(Play);

    public static void Add(long from, Span<int> sum, float gain)
    {
        var loop = Loop.Value;
        var at = (int)(from % loop.Length);
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += (int)(loop[at] * gain);
            if (++at == loop.Length) at = 0;
        }
    }

    /// <summary>Each note is plucked: it begins within 5 ms and dies away under the next one.</summary>
    private static short[] Play()
    {
        var loop = new short[Notes.Length * NoteSampleCount];
        var peak = Sine.Peak(Dbm0);
        for (var note = 0; note < Notes.Length; note++)
        {
            for (var i = 0; i < NoteSampleCount * 3; i++)
            {
                var attack = Math.Min(1f, i / 40f);
                var decay = 1f - (i / (NoteSampleCount * 3f));
                var wave = Sine.At(Notes[note], i) + (0.3f * Sine.At(Notes[note] * 2, i));
                loop[((note * NoteSampleCount) + i) % loop.Length] += (short)(peak * 0.6f * attack * decay * decay * decay * wave);
            }
        }
        return loop;
    }
}
