using TwilioEmu.Media.Tones;

namespace TwilioEmu.Media.Dtmf;

/// <summary>Keys as they sound: one frequency of a low and one of a high group.</summary>
/// <remarks>
/// ITU-T Q.23: frequencies. Levels: -9 dBm0 low, -7 dBm0 high; senders set the high group 2 dB above the low for what lines lose, within
/// what Q.24 lets receivers expect. Pure: a sample depends on its number alone.
/// </remarks>
public static class DtmfTone
{
    private const double LowDbm0 = -9;
    private const double HighDbm0 = -7;

    /// <summary>Keys of the rows, left to right.</summary>
    public const string Keypad = "123A456B789C*0#D";

    /// <summary>Hertz of the rows.</summary>
    public static ReadOnlySpan<int> Low => [697, 770, 852, 941];

    /// <summary>Hertz of the columns.</summary>
    public static ReadOnlySpan<int> High => [1209, 1336, 1477, 1633];

    private static readonly float LowPeak = Sine.Peak(LowDbm0);
    private static readonly float HighPeak = Sine.Peak(HighDbm0);

    /// <summary>Adds samples of a key that is held.</summary>
    /// <param name="key"><c>0-9 A-D # *</c>.</param>
    /// <param name="from">Samples since it was pressed.</param>
    /// <param name="sum">Added to, 8 kHz.</param>
    /// <param name="gain">1 leaves it as it is.</param>
    public static void Add(char key, long from, Span<int> sum, float gain)
    {
        var place = Keypad.IndexOf(key, StringComparison.Ordinal);
        if (place < 0) throw new ArgumentException($"No key: {key}", nameof(key));
        var (low, high) = (Low[place / 4], High[place % 4]);
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += (int)(((LowPeak * Sine.At(low, from + i)) + (HighPeak * Sine.At(high, from + i))) * gain);
        }
    }

    /// <summary>Adds samples of a whole dial string: each key sounds for half of its step.</summary>
    /// <param name="digits">Keys and pauses, as <see cref="DialString"/> reads them.</param>
    /// <param name="from">Samples since its beginning.</param>
    /// <param name="sum">Added to.</param>
    /// <param name="gain">1 leaves it as it is.</param>
    public static void AddAll(string digits, long from, Span<int> sum, float gain)
    {
        var start = 0L;
        foreach (var c in digits)
        {
            var step = DialString.StepOf(c);
            if (step == TimeSpan.Zero) continue;
            var length = Score.Grid.SampleCount(step);
            if (DialString.IsKey(c))
            {
                var (first, last) = (Math.Max(start, from), Math.Min(start + (length / 2), from + sum.Length));
                if (first < last) Add(c, first - start, sum[(int)(first - from)..(int)(last - from)], gain);
            }
            start += length;
            if (start >= from + sum.Length) return;
        }
    }
}
