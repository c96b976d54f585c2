using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Messaging.Registrations;

/// <summary>What registrations write into the journal.</summary>
public static class RegistrationEntries
{
    // A stored resource's own properties: those of its document.
    public static readonly EntryKind Moved = new("registration.moved", "a brand, campaign or toll-free verification went a step on", "*");
}
