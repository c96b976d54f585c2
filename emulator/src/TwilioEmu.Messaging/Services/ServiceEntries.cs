using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Messaging.Services;

/// <summary>What Messaging Services write into the journal beside the changes of messages.</summary>
public static class ServiceEntries
{
    public static readonly EntryKind SenderStuck = new(
        "messaging_service.sender_stuck", "a service remembers which of its senders a recipient knows", "service_sid", "to", "from");

    public static IReadOnlyList<EntryKind> All { get; } = [SenderStuck];
}
