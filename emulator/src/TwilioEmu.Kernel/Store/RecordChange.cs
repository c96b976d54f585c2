using System.Text.Json;
using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Kernel.Store;

/// <summary>Entry data of a store change: the record as it now is, or as it was when it went.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Record">The record after a put, or the one removed.</param>
/// <param name="IsRemoval">True when the record left the store.</param>
public sealed record RecordChange(string Table, IRecord Record, bool IsRemoval) : IEntryData
{
    /// <summary>
    /// The record as it was before a put that replaced it, where the entry's kind keeps that (<see cref="EntryKind.KeepsPrevious"/>); else
    /// null. Not shown: it has an entry of its own.
    /// </summary>
    public IRecord? Previous { get; init; }

    /// <summary>The table's form: how the record is written down. Not shown.</summary>
    public RecordForm? Form { get; init; }

    /// <summary>Where the record stands after a put. Not shown.</summary>
    public RowPlace Place { get; init; }

    /// <inheritdoc/>
    public int Weight => Record.Weight;

    /// <inheritdoc/>
    public DataForm? Packing => Form?.OfChanges;

    /// <inheritdoc/>
    public bool IsNewResource { get; init; }

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter json) => Record.WriteMembers(json);
}
