using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Scenarios.Matching;

/// <summary>Which journal entries are meant.</summary>
public sealed record JournalMatch
{
    /// <summary>The kind, or its beginning and a star: <c>message.*</c>. Null for all.</summary>
    public string? Kind { get; init; }

    public string? Subject { get; init; }

    public string? Account { get; init; }

    /// <summary>What the particulars must be like, or null.</summary>
    public ValueMatch? Data { get; init; }

    /// <summary>Where the journal has to look for what is meant.</summary>
    public Selection Selection => new(Kind is [.., '*'] ? null : Kind, Subject, Account is null ? null : new AccountSid(Account));

    /// <summary>True when the entry is meant; data are rendered only when all else fits.</summary>
    public bool IsMetBy(Entry entry) =>
        FitsKind(entry.Kind)
        && (Subject is null || Subject == entry.Subject)
        && (Account is null || Account == entry.Account.Value)
        && (Data is null || !Data.Differences("data", entry.Render().Data).Any());

    /// <summary>True when the line is meant.</summary>
    public bool IsMetBy(JournalLine line) => !Differences(line).Any();

    /// <summary>How a line fails to be meant, one text for each thing.</summary>
    public IEnumerable<string> Differences(JournalLine line)
    {
        if (!FitsKind(line.Kind)) yield return $"kind is {line.Kind}, not {Kind}";
        if (Subject is not null && Subject != line.Subject) yield return $"subject is {line.Subject}, not {Subject}";
        if (Account is not null && Account != line.Account)
        {
            yield return $"account is {(line.Account.Length == 0 ? "none" : line.Account)}, not {Account}";
        }
        if (Data is null) yield break;
        foreach (var difference in Data.Differences("data", line.Data)) yield return difference;
    }

    /// <summary>How many things it asks for.</summary>
    public int Size => (Kind is null ? 0 : 1) + (Subject is null ? 0 : 1) + (Account is null ? 0 : 1) + (Data?.Size ?? 0);

    /// <summary>True when a kind is one of those meant; the part of the test that costs nothing.</summary>
    public bool FitsKind(string kind) => Kind switch
    {
        null => true,
        [.. var start, '*'] => kind.StartsWith(start, StringComparison.Ordinal),
        _ => Kind == kind,
    };
}
