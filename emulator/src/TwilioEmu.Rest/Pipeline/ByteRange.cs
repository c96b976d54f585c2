using System.Globalization;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>The part of a file that a <c>Range</c> header asks for.</summary>
/// <param name="First">Index of the first byte.</param>
/// <param name="Count">How many.</param>
/// <remarks>
/// RFC 9110 §14: one range of bytes; several, other units and what cannot be read are passed over, as a server may. Pure.
/// </remarks>
internal readonly record struct ByteRange(int First, int Count)
{
    /// <summary>Reads the header for a file of some length.</summary>
    /// <param name="header">Its value, or null.</param>
    /// <param name="length">Bytes of the whole.</param>
    /// <param name="isUnsatisfiable">True when it asks for nothing the file has: 416.</param>
    public static ByteRange? Read(string? header, int length, out bool isUnsatisfiable)
    {
        isUnsatisfiable = false;
        if (header is null || !header.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase)
            || header.Contains(',', StringComparison.Ordinal))
        {
            return null;
        }
        var ends = header[6..].Trim().Split('-');
        if (ends.Length != 2) return null;
        if (ends[0].Length == 0)
        {
            if (!TryRead(ends[1], out var suffix)) return null;
            isUnsatisfiable = suffix == 0 || length == 0;
            return isUnsatisfiable ? null : new ByteRange(length - (int)Math.Min(suffix, length), (int)Math.Min(suffix, length));
        }
        if (!TryRead(ends[0], out var first)) return null;
        var last = (long)length - 1;
        if (ends[1].Length > 0 && !TryRead(ends[1], out last)) return null;
        if (ends[1].Length > 0 && last < first) return null;
        isUnsatisfiable = first >= length;
        return isUnsatisfiable ? null : new ByteRange((int)first, (int)(Math.Min(last, length - 1) - first + 1));
    }

    private static bool TryRead(string digits, out long number) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
