using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Messaging.Services;

/// <summary>What Messaging Services write into the journal beside the changes of messages.</summary>
public static class ServiceEntries
{
    public static readonly EntryKind SenderLeft = new("messaging_service.sender_left", "a number was released and left the pool it was in", "sid", "phone_number", "short_code", "service_sid");

    public static readonly EntryKind SenderStuck = new(
        "messaging_service.sender_stuck", "a service remembers which of its senders a recipient knows", "service_sid", "to", "from");
}
