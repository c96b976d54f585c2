using System.Numerics;
using System.Text;

namespace TwilioEmu.Kernel.Randomness;

/// <summary>A named stream of chances drawn from the world's seed.</summary>
/// <remarks>
/// xoshiro256** seeded through SplitMix64 (Blackman and Vigna, prng.di.unimi.it). Streams of different names do not disturb each
/// other: a new dice roll in the carrier leaves every SID as it was. Loop-confined.
/// </remarks>
public sealed class Chance
{
    private ulong _s0, _s1, _s2, _s3;

    /// <summary>Opens the stream <paramref name="name"/> of a seed.</summary>
    public Chance(long seed, string name)
    {
        // FNV-1a over the name keeps the streams apart; it is stable across processes, unlike string.GetHashCode.
        var state = 14695981039346656037UL;
        foreach (var b in Encoding.UTF8.GetBytes(name)) state = (state ^ b) * 1099511628211UL;
        state ^= unchecked((ulong)seed) * 0x9E3779B97F4A7C15UL;
        (_s0, _s1, _s2, _s3) = (SplitMix(ref state), SplitMix(ref state), SplitMix(ref state), SplitMix(ref state));
    }

    /// <summary>Told before each draw, when how far the stream was drawn is to be kept.</summary>
    internal Action? Drawn { get; set; }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        Drawn?.Invoke();
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A number from 0 up to, not including, <paramref name="below"/>.</summary>
    public int Next(int below)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(below, 1);
        return (int)Math.BigMul(NextBits(), (ulong)below, out _);
    }

    /// <summary>How far the stream was drawn: the generator's four words.</summary>
    internal (ulong, ulong, ulong, ulong) State
    {
        get => (_s0, _s1, _s2, _s3);
        set => (_s0, _s1, _s2, _s3) = value;
    }

    private static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
