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
internal readonly record struct PackedRow(RowKey Key, RecordForm? Form, RowPlace Place, string? Alias, ReadOnlyMemory<byte> Bytes);
