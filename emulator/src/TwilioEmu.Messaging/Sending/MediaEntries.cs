using TwilioEmu.Kernel.Journal;
using TwilioEmu.Messaging.Lifecycle;

namespace TwilioEmu.Messaging.Sending;

/// <summary>What becomes of the media of messages, as the journal tells it.</summary>
public static class MediaEntries
{
    /// <summary>As <see cref="Message.WriteMembers"/> writes them.</summary>
    private static readonly string[] Members =
    [
        "sid", "from", "to", "body", "direction", "status", "messaging_service_sid", "send_at", "num_segments", "media_urls", "date_sent", "error_code", "error_message",
    ];

    public static readonly EntryKind Fetched = new("message.media_fetched", "the media of a message were fetched from the app: it may leave", Members);
}
