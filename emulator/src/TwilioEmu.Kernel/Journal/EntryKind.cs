namespace TwilioEmu.Kernel.Journal;

/// <summary>
/// A kind of journal entry, declared by the room that writes it: <c>message.queued</c>, what it means, what its data has.
/// </summary>
/// <remarks>
/// Constants of a class named for the room (<c>TranscriptEntries.Bridged</c>), gathered into one registry; nothing writes a bare string.
/// </remarks>
public sealed class EntryKind
{
    /// <summary>Declares a kind.</summary>
    /// <param name="name">Dotted snake_case: what it is about, then what happened, past tense where it is an event.</param>
    /// <param name="means">What happened, in words, as the reference page tells it.</param>
    /// <param name="members">The members <c>data</c> may have, at its top level.</param>
    public EntryKind(string name, string means, params IReadOnlyList<string> members)
    {
        (Name, Means, Members) = (name, means, members);
    }

    /// <summary>As entries spell it.</summary>
    public string Name { get; }

    /// <summary>What happened, in words.</summary>
    public string Means { get; }

    /// <summary>The members <c>data</c> may have, at its top level.</summary>
    public IReadOnlyList<string> Members { get; }

    /// <summary>
    /// True where somebody asks what a changed record was before, as the audit log does of updates: entries of the kind keep both,
    /// which is twice the memory. A test holds the kinds against the log.
    /// </summary>
    public bool KeepsPrevious { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
