using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Products.Conversations;

/// <summary>What happens to conversations by themselves; their making is told by the resources' own kinds.</summary>
public static class ConversationEntries
{
    public static readonly EntryKind Updated = new(
        "service_conversation.updated", "a conversation changed",
        "state", "messaging_service_sid", "links", "attributes", "date_created", "date_updated", "chat_service_sid", "account_sid", "timers", "sid", "url", "unique_name", "friendly_name", "bindings");
    public static readonly EntryKind ParticipantUpdated = new(
        "service_conversation_participant.updated", "a participant changed",
        "attributes", "date_created", "date_updated", "chat_service_sid", "conversation_sid", "account_sid", "role_sid", "messaging_binding", "sid", "url", "identity", "last_read_timestamp", "last_read_message_index");
    public static readonly EntryKind ParticipantDeleted = new(
        "service_conversation_participant.deleted", "a participant left",
        "attributes", "date_created", "date_updated", "chat_service_sid", "conversation_sid", "account_sid", "role_sid", "messaging_binding", "sid", "url", "identity", "last_read_timestamp", "last_read_message_index");
    public static readonly EntryKind UserConversationDeleted = new(
        "service_user_conversation.deleted", "a user is no longer in a conversation",
        "conversation_state", "notification_level", "date_created", "date_updated", "chat_service_sid", "user_sid", "account_sid", "conversation_sid", "url", "participant_sid", "last_read_message_index");

    public static readonly EntryKind MessageUpdated = new(
        "service_conversation_message.updated", "a message of a conversation changed",
        "account_sid", "chat_service_sid", "conversation_sid", "sid", "index", "author", "body", "media", "attributes", "participant_sid", "date_created", "date_updated", "delivery", "url", "links",
        "content_sid", "subject");
    public static readonly EntryKind ReceiptUpdated = new(
        "service_conversation_message_receipt.updated", "news of a message on its way to a phone",
        "account_sid", "chat_service_sid", "conversation_sid", "message_sid", "sid", "channel_message_sid", "participant_sid", "status", "error_code", "date_created", "date_updated", "url");

    public static IReadOnlyList<EntryKind> All { get; } = [Updated, ParticipantUpdated, ParticipantDeleted, UserConversationDeleted, MessageUpdated, ReceiptUpdated];
}
