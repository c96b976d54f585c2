using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Messaging.Lifecycle;

/// <summary>Where a message is. The wire names are in <see cref="MessageStatuses"/>.</summary>
public enum MessageStatus
{
    Accepted,
    Scheduled,
    Canceled,
    Queued,
    Sending,
    Sent,
    Delivered,
    Undelivered,
    Failed,
    Receiving,
    Received,
    Read,
}

/// <summary>Which way and why a message went.</summary>
public enum MessageDirection
{
    Inbound,
    OutboundApi,
    OutboundCall,
    OutboundReply,
}

/// <summary>The one table of statuses: wire names, what may follow what, and which are final.</summary>
/// <remarks>
/// twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks. A status callback is made for every change
/// after the first status.
/// <code>
/// from        may become
/// accepted    queued, failed
/// scheduled   queued, canceled, failed
/// queued      sending, failed
/// sending     sent, failed
/// sent        delivered, undelivered
/// delivered   read
/// receiving   received
/// </code>
/// </remarks>
public static class MessageStatuses
{
    internal static readonly Words<MessageStatus> Words = new(
        (MessageStatus.Accepted, "accepted"),
        (MessageStatus.Scheduled, "scheduled"),
        (MessageStatus.Canceled, "canceled"),
        (MessageStatus.Queued, "queued"),
        (MessageStatus.Sending, "sending"),
        (MessageStatus.Sent, "sent"),
        (MessageStatus.Delivered, "delivered"),
        (MessageStatus.Undelivered, "undelivered"),
        (MessageStatus.Failed, "failed"),
        (MessageStatus.Receiving, "receiving"),
        (MessageStatus.Received, "received"),
        (MessageStatus.Read, "read"));

    internal static readonly Words<MessageDirection> Directions = new(
        (MessageDirection.Inbound, "inbound"),
        (MessageDirection.OutboundApi, "outbound-api"),
        (MessageDirection.OutboundCall, "outbound-call"),
        (MessageDirection.OutboundReply, "outbound-reply"));

    /// <summary>The spelling on the wire.</summary>
    public static string Wire(this MessageStatus value) => Words.Spell(value);

    /// <summary>The spelling on the wire.</summary>
    public static string Wire(this MessageDirection value) => Directions.Spell(value);

    /// <summary>The journal kind of reaching a status; constants, because every message writes several.</summary>
    public static EntryKind Kind(this MessageStatus status) => status switch
    {
        MessageStatus.Accepted => MessageEntries.Accepted,
        MessageStatus.Scheduled => MessageEntries.Scheduled,
        MessageStatus.Canceled => MessageEntries.Canceled,
        MessageStatus.Queued => MessageEntries.Queued,
        MessageStatus.Sending => MessageEntries.Sending,
        MessageStatus.Sent => MessageEntries.Sent,
        MessageStatus.Delivered => MessageEntries.Delivered,
        MessageStatus.Undelivered => MessageEntries.Undelivered,
        MessageStatus.Failed => MessageEntries.Failed,
        MessageStatus.Receiving => MessageEntries.Receiving,
        MessageStatus.Received => MessageEntries.Received,
        MessageStatus.Read => MessageEntries.Read,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "unknown message status"),
    };

    /// <summary>True when nothing more happens by itself, so that the message may be redacted, deleted and trimmed.</summary>
    public static bool IsFinal(this MessageStatus status) => status is MessageStatus.Delivered or MessageStatus.Undelivered
        or MessageStatus.Failed or MessageStatus.Canceled or MessageStatus.Received or MessageStatus.Read;

    /// <summary>True where the table has the change.</summary>
    public static bool CanBecome(this MessageStatus from, MessageStatus to) => from switch
    {
        MessageStatus.Accepted => to is MessageStatus.Queued or MessageStatus.Failed,
        MessageStatus.Scheduled => to is MessageStatus.Queued or MessageStatus.Canceled or MessageStatus.Failed,
        MessageStatus.Queued => to is MessageStatus.Sending or MessageStatus.Failed,
        MessageStatus.Sending => to is MessageStatus.Sent or MessageStatus.Failed,
        MessageStatus.Sent => to is MessageStatus.Delivered or MessageStatus.Undelivered,
        MessageStatus.Delivered => to is MessageStatus.Read,
        MessageStatus.Receiving => to is MessageStatus.Received,
        _ => false,
    };
}
