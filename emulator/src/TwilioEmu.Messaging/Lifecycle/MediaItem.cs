using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Messaging.Lifecycle;

/// <summary>One picture, sound or file of a message.</summary>
/// <param name="Sid"><c>ME</c> and 32 hex digits.</param>
/// <param name="Url">Where the bytes are, as the sender gave it.</param>
/// <param name="ContentType">As it was served; told by the name's ending while the bytes were not fetched.</param>
public sealed record MediaItem(string Sid, string Url, string ContentType)
{
    /// <summary>How it is written and read back.</summary>
    public static MediaItem Walk(MediaItem? r, Members m) =>
        new(m.Text("sid", r?.Sid), m.Text("url", r?.Url), m.Text("content_type", r?.ContentType))
        {
            Hash = m.TextOrNull("hash", r?.Hash),
            ByteCount = m.Long("byte_count", r?.ByteCount),
        };

    /// <summary>Names its bytes where they are kept; null while they were not fetched.</summary>
    internal string? Hash { get; init; }

    public long ByteCount { get; init; }

    // The types Twilio accepts most; anything else is sent as it is.
    private static readonly (string Ending, string Type)[] Types =
    [
        (".jpg", "image/jpeg"), (".jpeg", "image/jpeg"), (".png", "image/png"), (".gif", "image/gif"), (".webp", "image/webp"),
        (".mp3", "audio/mpeg"), (".wav", "audio/wav"), (".ogg", "audio/ogg"), (".amr", "audio/amr"), (".mp4", "video/mp4"),
        (".3gp", "video/3gpp"), (".pdf", "application/pdf"), (".vcf", "text/vcard"), (".csv", "text/csv"), (".txt", "text/plain"),
    ];

    /// <summary>The type a URL's ending tells; a picture when it tells nothing (inferred).</summary>
    public static string TypeOf(string url)
    {
        var path = Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.AbsolutePath : url;
        foreach (var (ending, type) in Types) if (path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) return type;
        return "image/jpeg";
    }
}
