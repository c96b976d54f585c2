using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Products.Conversations;

/// <summary>Entries of conversations where they meet phones.</summary>
public static class PhoneEntries
{
    public static readonly EntryKind Bound = new(
        "conversation_phone.bound", "a phone and a number belong to a conversation", "address", "proxy_address", "conversation_sid",
        "participant_sid");

    public static readonly EntryKind Opened = new(
        "conversation_phone.opened", "a text to an address opened a conversation", "chat_service_sid", "address", "proxy_address",
        "participant_sid");

    public static readonly EntryKind Said = new(
        "conversation_phone.said", "what a phone texted is said in its conversation", "message_sid", "index", "author", "body");

    public static readonly EntryKind Refused = new(
        "conversation_phone.refused", "the app's webhook refused what a phone texted, and nothing is kept", "event", "author", "body");

    public static readonly EntryKind Carried = new(
        "conversation_phone.carried", "what was said is on its way to a phone, or has news of it",
        "conversation_sid", "message_sid", "participant_sid", "receipt_sid", "channel_message_sid", "status", "error_code");

    public static IReadOnlyList<EntryKind> All { get; } = [Bound, Opened, Said, Refused, Carried];
}
