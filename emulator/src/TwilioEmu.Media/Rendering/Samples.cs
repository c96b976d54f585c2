using System.Numerics;

namespace TwilioEmu.Media.Rendering;

/// <summary>Sums of samples: added in 32 bits, clipped once at the end.</summary>
internal static class Samples
{
    /// <summary>sum += pcm.</summary>
    public static void Add(ReadOnlySpan<short> pcm, Span<int> sum)
    {
        var i = 0;
        for (; i <= pcm.Length - Vector<short>.Count; i += Vector<short>.Count)
        {
            Vector.Widen(new Vector<short>(pcm[i..]), out var low, out var high);
            (new Vector<int>(sum[i..]) + low).CopyTo(sum[i..]);
            (new Vector<int>(sum[(i + Vector<int>.Count)..]) + high).CopyTo(sum[(i + Vector<int>.Count)..]);
        }
        for (; i < pcm.Length; i++) sum[i] += pcm[i];
    }

    /// <summary>sum -= pcm.</summary>
    public static void Subtract(ReadOnlySpan<short> pcm, Span<int> sum)
    {
        var i = 0;
        for (; i <= pcm.Length - Vector<short>.Count; i += Vector<short>.Count)
        {
            Vector.Widen(new Vector<short>(pcm[i..]), out var low, out var high);
            (new Vector<int>(sum[i..]) - low).CopyTo(sum[i..]);
            (new Vector<int>(sum[(i + Vector<int>.Count)..]) - high).CopyTo(sum[(i + Vector<int>.Count)..]);
        }
        for (; i < pcm.Length; i++) sum[i] -= pcm[i];
    }

    /// <summary>sum += other.</summary>
    public static void Add(ReadOnlySpan<int> other, Span<int> sum)
    {
        var i = 0;
        for (; i <= other.Length - Vector<int>.Count; i += Vector<int>.Count)
        {
            (new Vector<int>(sum[i..]) + new Vector<int>(other[i..])).CopyTo(sum[i..]);
        }
        for (; i < other.Length; i++) sum[i] += other[i];
    }

    /// <summary>sum += pcm * gain, each product cut to a whole number; the same on every machine.</summary>
    public static void Add(ReadOnlySpan<short> pcm, Span<int> sum, float gain)
    {
        if (gain == 1)
        {
            Add(pcm, sum);
            return;
        }
        for (var i = 0; i < pcm.Length; i++) sum[i] += (int)(pcm[i] * gain);
    }

    /// <summary>sum += other * gain.</summary>
    public static void Add(ReadOnlySpan<int> other, Span<int> sum, float gain)
    {
        if (gain == 1)
        {
            Add(other, sum);
            return;
        }
        for (var i = 0; i < other.Length; i++) sum[i] += (int)(other[i] * gain);
    }

    public static void Clip(ReadOnlySpan<int> sum, Span<short> pcm)
    {
        for (var i = 0; i < sum.Length; i++) pcm[i] = (short)Math.Clamp(sum[i], short.MinValue, short.MaxValue);
    }

    /// <summary>What samples are multiplied by.</summary>
    public static float GainOf(int decibels) => decibels == 0 ? 1 : MathF.Pow(10, Math.Clamp(decibels, -96, 24) / 20f);
}
