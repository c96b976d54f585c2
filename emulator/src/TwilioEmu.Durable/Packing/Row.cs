using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Durable.Packing;

/// <summary>Names a record in the file.</summary>
internal readonly record struct RowKey(string Table, AccountSid Account, string Key);

/// <summary>How a record stands now; <paramref name="Record"/> is null for one that is gone.</summary>
internal readonly record struct RowState(RecordForm? Form, IRecord? Record, RowPlace Place);

/// <summary>A record, and how it stands now.</summary>
internal readonly record struct Row(RowKey Key, RowState State);

/// <summary>A record as it lies in a block; without a form for one that is gone.</summary>
internal readonly record struct PackedRow(
    string Table, AccountSid Account, RecordForm? Form, RowPlace Place, (Sid? Sid, string Text) Key, string? Alias,
    ReadOnlyMemory<byte> Bytes)
{
    /// <summary>What it weighs where it waits; null where it does not, or nobody knows.</summary>
    public int? WaitingWeight { get; init; }

    /// <summary>The row as a start hands it on, of a record that is there.</summary>
    /// <param name="block">Where it lies.</param>
    /// <param name="offset">Where its head begins.</param>
    public SavedRow ToSaved(PackedBlock block, int offset) => new(Table, Account, Form!, Key, Alias, block, offset, Place, WaitingWeight);
}
