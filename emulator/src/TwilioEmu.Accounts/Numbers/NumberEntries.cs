using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Accounts.Numbers;

/// <summary>What an account owns in numbers.</summary>
public static class NumberEntries
{
    private static readonly string[] Record =
    [
        "sid", "number", "type", "friendly_name", "sms_url", "voice_url", "messages_per_second",
    ];

    public static readonly EntryKind Bought = new("number.bought", "an account owns a number from here on", Record);
    public static readonly EntryKind Updated = new("number.updated", "a number's settings changed", Record) { KeepsPrevious = true };
    public static readonly EntryKind Released = new("number.released", "an account gave a number up", Record);
    public static readonly EntryKind Transferred = new("number.transferred", "a number went to another account", Record);
    public static readonly EntryKind Received = new("number.received", "a number came from another account", Record);
    public static readonly EntryKind Rented = new("number.rented", "a number's month was charged", "category", "price", "from");

    public static IReadOnlyList<EntryKind> All { get; } = [Bought, Updated, Released, Transferred, Received, Rented];
}
