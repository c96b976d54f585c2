namespace TwilioEmu;

/// <summary>What was expected did not happen. The message says what was, what came nearest, and how that differs.</summary>
public sealed class ExpectationFailedException : Exception
{
    internal ExpectationFailedException(
        string message, EntryMatch match, IReadOnlyList<JournalEntry> found, IReadOnlyList<NearMiss> nearest,
        IReadOnlyList<AlsoSeen>? also = null)
        : base(message)
    {
        (Match, Found, Nearest, Also) = (match, found, nearest, also ?? []);
    }

    /// <summary>Which entries were expected.</summary>
    public EntryMatch Match { get; }

    /// <summary>Those that did match, if too few or too many.</summary>
    public IReadOnlyList<JournalEntry> Found { get; }

    /// <summary>Entries that were almost meant, best first; at most three.</summary>
    public IReadOnlyList<NearMiss> Nearest { get; }

    /// <summary>What a strict claim failed for: troubles nobody asked about.</summary>
    public IReadOnlyList<AlsoSeen> Also { get; }
}

/// <summary>An entry that was almost what was waited for.</summary>
/// <param name="Entry">It.</param>
/// <param name="Because">How it differs, one text for each thing.</param>
public sealed record NearMiss(JournalEntry Entry, IReadOnlyList<string> Because);
