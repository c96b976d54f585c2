using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>Writes a file, or the one range of it that was asked for.</summary>
/// <remarks>RFC 9110 §14. Several ranges, and units other than bytes, are answered with the whole file, as the RFC allows.</remarks>
public static class PartialContent
{
    /// <summary>Writes it, with its status and the headers of ranges.</summary>
    public static async Task WriteAsync(HttpContext http, string contentType, ReadOnlyMemory<byte> file)
    {
        var response = http.Response;
        response.Headers.AcceptRanges = "bytes";
        if (Read(http.Request.Headers.Range, file.Length, out var from, out var count))
        {
            if (count <= 0)
            {
                response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
                response.Headers.ContentRange = $"bytes */{file.Length}";
                response.ContentLength = 0;
                return;
            }
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = $"bytes {from}-{from + count - 1}/{file.Length}";
            file = file.Slice(from, count);
        }
        else
        {
            response.StatusCode = StatusCodes.Status200OK;
        }
        response.ContentType = contentType;
        response.ContentLength = file.Length;
        if (!HttpMethods.IsHead(http.Request.Method)) await response.Body.WriteAsync(file, http.RequestAborted);
    }

    /// <summary><c>Range: bytes=first-[last]</c> or <c>bytes=-suffix</c>; false where there is none that is obeyed.</summary>
    /// <param name="header">As it came.</param>
    /// <param name="length">Of the file.</param>
    /// <param name="from">The first byte.</param>
    /// <param name="count">How many; 0 where the range lies outside the file.</param>
    internal static bool Read(string? header, int length, out int from, out int count)
    {
        (from, count) = (0, 0);
        if (header is null || !header.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase)) return false;
        var range = header.AsSpan(6).Trim();
        var dash = range.IndexOf('-');
        if (dash < 0 || range.Contains(',')) return false;
        if (dash == 0)
        {
            if (!TryNumber(range[1..], out var suffix)) return false;
            count = (int)Math.Min(suffix, length);
            from = length - count;
            return true;
        }
        if (!TryNumber(range[..dash], out var first)) return false;
        var last = long.MaxValue;
        if (dash < range.Length - 1 && (!TryNumber(range[(dash + 1)..], out last) || last < first)) return false;
        if (first >= length) return true;
        from = (int)first;
        count = (int)(Math.Min(last, length - 1) - first + 1);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
