namespace TwilioEmu.Messaging.Mms;

/// <summary>Reads a picture that is written out in its URL, as a test's phone may send it: <c>data:image/png;base64,...</c>.</summary>
/// <remarks>RFC 2397. Pure.</remarks>
internal static class DataUrl
{
    /// <summary>The type and the bytes; null for what is no such URL.</summary>
    public static (string ContentType, ReadOnlyMemory<byte> Content)? Read(string url)
    {
        if (!url.StartsWith("data:", StringComparison.OrdinalIgnoreCase)) return null;
        var comma = url.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0) return null;
        var head = url[5..comma];
        var isBase64 = head.EndsWith(";base64", StringComparison.OrdinalIgnoreCase);
        var type = MediaTypes.Bare(head);
        if (type.Length == 0) type = "text/plain";
        if (!isBase64) return (type, System.Text.Encoding.UTF8.GetBytes(Uri.UnescapeDataString(url[(comma + 1)..])));
        var bytes = new byte[(url.Length - comma) * 3 / 4];
        return Convert.TryFromBase64String(Uri.UnescapeDataString(url[(comma + 1)..]), bytes, out var count)
            ? (type, bytes.AsMemory(0, count))
            : null;
    }
}
