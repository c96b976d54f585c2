namespace TwilioEmu.Kernel.Store;

/// <summary>Names a table of one kind of record; a product declares its keys as static read-only fields.</summary>
/// <param name="Name">Snake case plural: <c>messages</c>.</param>
/// <param name="Form">How its records are written and read back.</param>
/// <param name="MaxCount">Settled records beyond this many are trimmed, oldest first; null for the store's own limit.</param>
public sealed record TableKey<T>(string Name, RecordForm<T> Form, int? MaxCount = null)
    where T : class, IRecord;
