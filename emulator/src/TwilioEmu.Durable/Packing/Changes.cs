using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Durable.Packing;

/// <summary>What an entry does to the records: the fold of the journal, row by row.</summary>
internal static class Changes
{
    /// <summary>Tells of each record that an entry put or took away.</summary>
    public static void Lay(Entry entry, Action<RowKey, RowState> told)
    {
        switch (entry.Data)
        {
            case RecordChange { Form: not null } change:
                told(new RowKey(change.Table, entry.Account, change.Record.Key), new RowState(change.Form, change.IsRemoval ? null : change.Record, change.Place));
                break;
            case TableTrim trim:
                for (var i = 0; i < trim.Keys.Count; i++) told(new RowKey(trim.Table, entry.Account, trim.Keys[i]), new RowState(null, null, new RowPlace(trim.Arrived[i], 0, default)));
                break;
        }
    }
}
