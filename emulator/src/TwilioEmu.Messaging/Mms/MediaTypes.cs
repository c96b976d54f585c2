using System.Collections.Frozen;

namespace TwilioEmu.Messaging.Mms;

/// <summary>What media a message may carry.</summary>
/// <remarks>twilio.com/docs/messaging/guides/accepted-mime-types: the table, and those that channels take besides. Pure.</remarks>
internal static class MediaTypes
{
    /// <summary>Bytes of all media of a message together (11751).</summary>
    public const long MaxTotal = 5 * 1024 * 1024;

    /// <summary>The same on WhatsApp and RCS (63034; twilio.com/docs/whatsapp/guidance-whatsapp-media-messages).</summary>
    public const long MaxChannelTotal = 16 * 1024 * 1024;

    private static readonly FrozenSet<string> Carried = Words("""
        image/jpeg image/jpg image/gif image/png image/bmp image/tiff image/heic image/heif
        audio/basic audio/l24 audio/mp4 audio/mpeg audio/ogg audio/vorbis audio/vnd.rn-realaudio audio/vnd.wave
        audio/3gpp audio/3gpp2 audio/ac3 audio/webm audio/amr-nb audio/amr
        video/mpeg video/mpeg4 video/mp4 video/quicktime video/webm video/3gpp video/3gpp2 video/3gpp-tt
        video/h261 video/h263 video/h263-1998 video/h263-2000 video/h264
        text/vcard text/x-vcard text/csv text/rtf text/richtext text/calendar text/directory
        application/pdf application/vcard application/vnd.apple.pkpass
        """);

    // Stickers, and documents of offices.
    private static readonly FrozenSet<string> CarriedOnChannels = Words("""
        image/webp audio/aac application/msword application/vnd.ms-excel application/vnd.ms-powerpoint
        application/vnd.openxmlformats-officedocument.presentationml.presentation
        application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
        application/vnd.openxmlformats-officedocument.wordprocessingml.document
        """);

    // How files begin whose kind cannot be mistaken.
    private static readonly (byte[] Beginning, string Type)[] Beginnings =
    [
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"), ([0xFF, 0xD8, 0xFF], "image/jpeg"),
        ("GIF87a"u8.ToArray(), "image/gif"), ("GIF89a"u8.ToArray(), "image/gif"),
        ("%PDF-"u8.ToArray(), "application/pdf"), ("<!DOCTYPE html"u8.ToArray(), "text/html"), ("<html"u8.ToArray(), "text/html"),
    ];

    /// <summary>The type without its parameters, in lower case.</summary>
    public static string Bare(string? contentType) => (contentType ?? "").Split(';')[0].Trim().ToLowerInvariant();

    public static bool IsAccepted(string type, bool isChannel) => Carried.Contains(type) || (isChannel && CarriedOnChannels.Contains(type));

    /// <summary>
    /// What the bytes are where that is certain and not what they were called;
    /// else null. Who calls a page a picture is refused (the same page).
    /// </summary>
    public static string? Contradiction(string type, ReadOnlySpan<byte> content)
    {
        foreach (var (beginning, actual) in Beginnings)
        {
            if (content.StartsWith(beginning)) return actual == type || (actual == "image/jpeg" && type == "image/jpg") ? null : actual;
        }
        return null;
    }

    private static FrozenSet<string> Words(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
