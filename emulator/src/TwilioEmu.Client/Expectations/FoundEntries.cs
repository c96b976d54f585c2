using System.Collections;

namespace TwilioEmu;

/// <summary>Entries that were expected, and what else was seen on the way.</summary>
public sealed class FoundEntries : IReadOnlyList<JournalEntry>
{
    private readonly IReadOnlyList<JournalEntry> _entries;

    internal FoundEntries(IReadOnlyList<JournalEntry> entries, IReadOnlyList<AlsoSeen> also) => (_entries, Also) = (entries, also);

    /// <summary>
    /// Troubles of the account asked about that were not asked for, and do not make a claim fail unless it is strict; at most twenty.
    /// </summary>
    public IReadOnlyList<AlsoSeen> Also { get; }

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <inheritdoc/>
    public JournalEntry this[int index] => _entries[index];

    /// <inheritdoc/>
    public IEnumerator<JournalEntry> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>A trouble nobody asked about: an alert of level error, a script that waited in vain, something not emulated.</summary>
/// <param name="Told">It in a sentence, with its cure where one is known.</param>
/// <param name="Entry">It.</param>
public sealed record AlsoSeen(string Told, JournalEntry Entry);
