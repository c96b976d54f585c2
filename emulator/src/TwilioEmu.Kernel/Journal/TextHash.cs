using System.Numerics;
using System.Runtime.InteropServices;

namespace TwilioEmu.Kernel.Journal;

/// <summary>
/// A text as 64 bits, the same in every process: what differs here differs, what is equal is the same text for all we will see.
/// </summary>
internal static class TextHash
{
    private const ulong Prime = 0x9E3779B97F4A7C15;

    public static ulong Of(string text)
    {
        var hash = (ulong)text.Length * Prime;
        var words = MemoryMarshal.Cast<char, ulong>(text.AsSpan());
        foreach (var word in words) hash = Mix(hash ^ word);
        for (var i = words.Length * 4; i < text.Length; i++) hash = Mix(hash ^ text[i]);
        return hash;
    }

    private static ulong Mix(ulong value)
    {
        value *= Prime;
        return value ^ BitOperations.RotateRight(value, 29);
    }
}
