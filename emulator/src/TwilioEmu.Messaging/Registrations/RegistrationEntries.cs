using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Messaging.Registrations;

/// <summary>What registrations write into the journal beside the changes of their resources.</summary>
public static class RegistrationEntries
{
    public static readonly EntryKind Counted = new(
        "registration.counted", "a carrier counted a brand's segments of the day", "brand_and_day", "segments");

    public static IReadOnlyList<EntryKind> All { get; } = [Counted];
}
