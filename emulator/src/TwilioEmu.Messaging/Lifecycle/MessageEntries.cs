using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Messaging.Lifecycle;

/// <summary>The life of a message; <c>data</c> is the message as it then was.</summary>
public static class MessageEntries
{
    private static readonly string[] Record =
    [
        "sid", "from", "to", "body", "direction", "status", "num_segments", "date_sent", "error_code", "error_message", "media_urls",
        "messaging_service_sid", "send_at",
    ];

    public static readonly EntryKind Accepted = new(
        "message.accepted", "a message was accepted; its sender is still to be chosen", Record);
    public static readonly EntryKind Scheduled = new("message.scheduled", "a message waits for its instant", Record);
    public static readonly EntryKind Canceled = new("message.canceled", "a scheduled message was called off", Record);
    public static readonly EntryKind Queued = new("message.queued", "a message waits for its turn at its sender", Record);
    public static readonly EntryKind Sending = new("message.sending", "a message goes out to the carrier", Record);
    public static readonly EntryKind Sent = new("message.sent", "the carrier took a message", Record);
    public static readonly EntryKind Delivered = new("message.delivered", "the carrier says a message arrived", Record);
    public static readonly EntryKind Undelivered = new("message.undelivered", "the carrier says a message did not arrive", Record);
    public static readonly EntryKind Failed = new("message.failed", "a message was given up before the carrier took it", Record);
    public static readonly EntryKind Receiving = new("message.receiving", "a message comes in", Record);
    public static readonly EntryKind Received = new("message.received", "a message came in", Record);
    public static readonly EntryKind Read = new("message.read", "the receiver opened a message", Record);
    public static readonly EntryKind Redacted = new("message.redacted", "a message's body was taken away", Record) { KeepsPrevious = true };
    public static readonly EntryKind Deleted = new("message.deleted", "a message's record was deleted", Record);
    public static readonly EntryKind MediaFetched = new(
        "message.media_fetched", "the media of a message were fetched from the app: it may leave", Record);
    public static readonly EntryKind MediaDeleted = new("message.media_deleted", "one of a message's media was deleted", Record);
    public static readonly EntryKind Feedback = new("message.feedback", "the app reported what became of a message", "outcome");

    public static IReadOnlyList<EntryKind> All { get; } =
    [
        Accepted, Scheduled, Canceled, Queued, Sending, Sent, Delivered, Undelivered, Failed, Receiving, Received, Read, Redacted,
        Deleted, MediaFetched, MediaDeleted, Feedback,
    ];
}
