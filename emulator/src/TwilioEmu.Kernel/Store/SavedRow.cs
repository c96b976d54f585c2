using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Kernel.Store;

/// <summary>A record of an earlier process, and where it stands; packed until somebody asks for it.</summary>
public sealed class SavedRow
{
    private IRecord? _record;
    private readonly string? _key;

    /// <summary>One that is packed.</summary>
    public SavedRow(
        string table, AccountSid account, RecordForm form, string key, string? alias, ReadOnlyMemory<byte> packed, RowPlace place) =>
        (Table, Account, Form, _key, Alias, Packed, Place) = (table, account, form, key, alias, packed, place);

    /// <summary>One that lies in a block which a store may take over.</summary>
    /// <param name="table">Its table's name.</param>
    /// <param name="account">Whose it is.</param>
    /// <param name="form">How it is written.</param>
    /// <param name="key">Its SID, or its key as a text.</param>
    /// <param name="alias">Its alias, or null.</param>
    /// <param name="block">Where it lies.</param>
    /// <param name="offset">Where its head begins.</param>
    /// <param name="place">Where it stands in its table.</param>
    /// <param name="waitingWeight">Its <see cref="Journal.IEntryData.Weight"/> where it is known to wait; null where it has to be read to
    /// know.</param>
    public SavedRow(
        string table, AccountSid account, RecordForm form, (Sid? Sid, string Text) key, string? alias, PackedBlock block, int offset,
        RowPlace place, int? waitingWeight)
    {
        WaitingWeight = waitingWeight;
        (Table, Account, Form, Alias, Place) = (table, account, form, alias, place);
        (Sid, _key, Block, Offset) = (key.Sid, key.Sid is null ? key.Text : null, block, offset);
        Packed = block.Bytes.AsMemory(offset + PackedBlock.HeadSize, PackedBlock.ReadHead(block.Bytes, offset).Count);
    }

    /// <summary>One that is known.</summary>
    public SavedRow(string table, AccountSid account, RecordForm form, IRecord record, RowPlace place) =>
        (Table, Account, Form, _key, Alias, _record, Place) = (table, account, form, record.Key, record.Alias, record, place);

    /// <summary>The table's name.</summary>
    public string Table { get; }

    /// <summary>Whose it is.</summary>
    public AccountSid Account { get; }

    /// <summary>How it is written and read back.</summary>
    public RecordForm Form { get; }

    /// <summary>The record's.</summary>
    public string Key => _key ?? Sid!.Value.ToString();

    /// <summary>The same as a number, where it was packed as one.</summary>
    internal Sid? Sid { get; }

    /// <summary>The record's, or null.</summary>
    public string? Alias { get; }

    /// <summary>The record as its form writes it; empty for one that is known.</summary>
    public ReadOnlyMemory<byte> Packed { get; }

    // Where it lies among others; null for one that lies alone.
    internal PackedBlock? Block { get; }

    internal int Offset { get; }

    internal int? WaitingWeight { get; }

    /// <summary>Where it stands in its table.</summary>
    public RowPlace Place { get; }

    /// <summary>The record.</summary>
    /// <exception cref="InvalidDataException">The bytes are no such record.</exception>
    public IRecord Record => _record ??= Form.Read(new PackedReader(Packed));
}
