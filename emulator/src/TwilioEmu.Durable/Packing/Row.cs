using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Durable.Packing;

/// <summary>Names a record in the file.</summary>
internal readonly record struct RowKey(string Table, AccountSid Account, string Key);

/// <summary>How a record stands now; <paramref name="Record"/> is null for one that is gone.</summary>
internal readonly record struct RowState(RecordForm? Form, IRecord? Record, RowPlace Place);

/// <summary>A record as it lies in a block; no bytes for one that is gone.</summary>
internal readonly record struct PackedRow(RecordForm? Form, RowPlace Place, ReadOnlyMemory<byte> Bytes);
