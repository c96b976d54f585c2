using System.Buffers;
using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Kernel.Store;

/// <summary>The form of entry data of a type: the walk along its members; a constant beside the type.</summary>
/// <param name="walk">Along its members.</param>
public sealed class DataForm<T>(Walk<T> walk) : DataForm
    where T : class, IEntryData
{
    /// <inheritdoc/>
    public override void Write(IEntryData data, IBufferWriter<byte> to)
    {
        var writer = Scratch.Empty();
        walk((T)data, writer);
        to.Write(writer.Written);
    }

    /// <inheritdoc/>
    public override IEntryData Read(ReadOnlyMemory<byte> bytes) => walk(null, new PackedReader(bytes));
}

/// <summary>The form of changes of records of one kind: the record as it became, or was, and as it had been before.</summary>
internal sealed class ChangeForm(RecordForm form) : DataForm
{
    public override void Write(IEntryData data, IBufferWriter<byte> to)
    {
        var change = (RecordChange)data;
        var writer = Scratch.Empty();
        writer.Text("table", change.Table);
        writer.Flag("removal", change.IsRemoval);
        RowPlace.Walk(change.Place, writer);
        form.Write(change.Record, writer);
        writer.Flag("previous", change.Previous is not null);
        if (change.Previous is { } previous) form.Write(previous, writer);
        to.Write(writer.Written);
    }

    public override IEntryData Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new PackedReader(bytes);
        var (table, isRemoval) = (reader.Text("table", null), reader.Flag("removal", null));
        var place = RowPlace.Walk(null, reader);
        return new RecordChange(table, form.Read(reader), isRemoval) { Form = form, Place = place, Previous = reader.Flag("previous", null) ? form.Read(reader) : null };
    }
}

/// <summary>A writer of this thread's own, so that nobody makes one for each entry.</summary>
internal static class Scratch
{
    [ThreadStatic]
    private static PackedWriter? _writer;

    public static PackedWriter Empty()
    {
        _writer ??= new PackedWriter();
        _writer.Clear();
        return _writer;
    }
}
