using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Products.Conversations.Files;

/// <summary>Entries of the media service of conversations.</summary>
public static class FileEntries
{
    private static readonly string[] Members =
    [
        "chat_service_sid", "content_type", "size", "filename", "category", "author", "conversation_sid", "message_sid",
    ];

    public static readonly EntryKind Kept = new(
        "conversation_file.kept", "a file was uploaded to the media service, or a phone brought it along", Members);

    public static readonly EntryKind Sent = new("conversation_file.sent", "a file belongs to a message of a conversation", Members);

    public static readonly EntryKind Removed = new(
        "conversation_file.removed", "a file was deleted, or went with its message or conversation", Members);

    public static IReadOnlyList<EntryKind> All { get; } = [Kept, Sent, Removed];
}
