using System.Collections.Frozen;

namespace TwilioEmu.Messaging.Mms;

/// <summary>What media a message may carry.</summary>
/// <remarks>twilio.com/docs/messaging/guides/accepted-mime-types: pictures, sounds and films of any kind, and these.</remarks>
internal static class MediaTypes
{
    /// <summary>Bytes of all media of a message together (11751).</summary>
    public const long MaxTotal = 5 * 1024 * 1024;

    /// <summary>The same on WhatsApp and RCS (63034; twilio.com/docs/whatsapp/guidance-whatsapp-media-messages).</summary>
    public const long MaxChannelTotal = 16 * 1024 * 1024;

    private static readonly FrozenSet<string> Others = new[]
    {
        "text/vcard", "text/x-vcard", "text/csv", "text/rtf", "text/richtext", "text/calendar", "text/directory", "text/plain",
        "application/pdf", "application/vcard", "application/vnd.apple.pkpass", "application/ogg",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The type without its parameters, in lower case.</summary>
    public static string Bare(string? contentType) => (contentType ?? "").Split(';')[0].Trim().ToLowerInvariant();

    public static bool IsAccepted(string type) =>
        type.StartsWith("image/", StringComparison.Ordinal) || type.StartsWith("audio/", StringComparison.Ordinal) || type.StartsWith("video/", StringComparison.Ordinal) || Others.Contains(type);
}
