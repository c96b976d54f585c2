using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Durable.Packing;

/// <summary>What an entry does to the records: the fold of the journal, row by row.</summary>
internal static class Changes
{
    /// <summary>
    /// Lays each record that an entry put or took away over what was there, by where it arrived: a key may come again, a place does not.
    /// </summary>
    public static void Lay(Entry entry, Dictionary<long, Row> rows)
    {
        switch (entry.Data)
        {
            case RecordChange { Form: not null } change:
                rows[change.Place.Arrived] = new Row(
                    new RowKey(change.Table, entry.Account, change.Record.Key),
                    new RowState(change.Form, change.IsRemoval ? null : change.Record, change.Place));
                break;
            case TableTrim trim:
                for (var i = 0; i < trim.Keys.Count; i++)
                {
                    rows[trim.Arrived[i]] = new Row(
                        new RowKey(trim.Table, entry.Account, trim.Keys[i]),
                        new RowState(null, null, new RowPlace(trim.Arrived[i], 0, default)));
                }
                break;
        }
    }
}
