using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Kernel.Store;

/// <summary>
/// The form of changes of records of one kind: the record as it became, or was, and as it had been before where the change keeps that.
/// </summary>
internal sealed class ChangeForm(RecordForm form) : DataForm
{
    /// <inheritdoc/>
    public override void Write(IEntryData data, Members to)
    {
        var change = (RecordChange)data;
        to.Text("table", change.Table);
        to.Flag("removal", change.IsRemoval);
        to.Flag("new", change.IsNewResource);
        RowPlace.Walk(change.Place, to);
        form.Write(change.Record, to);
        to.Flag("keeps_previous", change.Previous is not null);
        if (change.Previous is { } previous) form.Write(previous, to);
    }

    /// <inheritdoc/>
    public override IEntryData Read(Members from)
    {
        var (table, isRemoval, isNew) = (from.Text("table", null), from.Flag("removal", null), from.Flag("new", null));
        var place = RowPlace.Walk(null, from);
        return new RecordChange(table, form.Read(from), isRemoval)
        {
            IsNewResource = isNew,
            Form = form,
            Place = place,
            Previous = from.Flag("keeps_previous", null) ? form.Read(from) : null,
        };
    }
}
