using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Products.Conversations;

/// <summary>Entries of conversations where they meet phones.</summary>
public static class ConversationEntries
{
    public static readonly EntryKind Opened = new("conversation.opened", "a text to an address opened a conversation", "chat_service_sid", "address", "proxy_address", "participant_sid");

    public static readonly EntryKind Said = new("conversation.message_added", "something was said in a conversation", "message_sid", "index", "author", "body", "source");

    public static readonly EntryKind Refused = new("conversation.refused", "the app's pre-action webhook refused it, and nothing is kept", "event", "author", "body", "status");

    public static readonly EntryKind Bound = new("conversation.bound", "a phone and a number belong to a conversation", "address", "proxy_address", "conversation_sid", "participant_sid");

    public static readonly EntryKind Carried = new("conversation.carried", "what was said is on its way to a phone, or has news of it", "conversation_sid", "message_sid", "participant_sid", "receipt_sid", "channel_message_sid", "status", "error_code");
}
