using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Kernel.Journal;

/// <summary>Which entries of a journal are asked for (a query); what is null may be anything.</summary>
/// <param name="Kind">A kind, whole.</param>
/// <param name="Subject">What it happened to.</param>
/// <param name="Account">Whose.</param>
public sealed record Selection(string? Kind = null, string? Subject = null, AccountSid? Account = null)
{
    /// <summary>Every entry.</summary>
    public static Selection All { get; } = new();

    /// <summary>True when the entry is one of those asked for.</summary>
    public bool Fits(Entry entry) =>
        (Kind is null || Kind == entry.Kind) && (Subject is null || Subject == entry.Subject)
            && (Account is not { } account || account == entry.Account);
}
