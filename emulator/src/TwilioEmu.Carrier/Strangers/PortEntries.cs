using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Carrier.Strangers;

/// <summary>Who came to the wrong port.</summary>
public static class PortEntries
{
    public static readonly EntryKind Misspoken = new(
        "port.misspoken", "a client speaks another protocol than the port does, or so that it is not understood; told once of each",
        "expected", "spoken", "reason");

    public static IReadOnlyList<EntryKind> All { get; } = [Misspoken];
}
