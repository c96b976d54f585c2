using FsCheck;
using FsCheck.Fluent;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Kernel.Tests.Worlds;

namespace TwilioEmu.Kernel.Tests.Store;

/// <summary>The store is the fold of the journal.</summary>
public sealed class FoldTests
{
    private static readonly TableKey<Note>[] Tables = [new("few", Note.Form, MaxCount: 5), new("many", Note.Form)];

    /// <summary>Each number is a step: put (settled or not), change or remove one of a few keys in one of four tables.</summary>
    [Fact]
    public void A_store_rebuilt_from_the_journal_equals_the_store() =>
        Prop.ForAll<int[]>(static steps => IsFoldAsync(steps).GetAwaiter().GetResult())
        .Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(300));

    private static async Task<bool> IsFoldAsync(int[] steps)
    {
        await using var world = WorldOf.Manual();
        await using var rebuilt = WorldOf.Manual();
        var (records, entries) = await world.On(() =>
        {
            foreach (var step in steps)
            {
                var table = Tables[step & 1];
                var account = new AccountSid((step & 2) == 0 ? "AC1" : "AC2");
                var key = $"{(step >> 5) & 31}";
                if ((step & 12) == 0) world.Store.Remove(table, account, key, new("note.gone", "a test's"), 0);
                else world.Store.Put(table, account, new Note(key, $"{step}", (step & 16) == 0), new("note.put", "a test's"), 0);
            }
            return (world.Store.All().ToArray(), world.Journal.After(0).ToArray());
        });
        var again = await rebuilt.On(() =>
        {
            foreach (var entry in entries) rebuilt.Store.Apply(entry);
            return rebuilt.Store.All().ToArray();
        });
        return Sorted(records).SequenceEqual(Sorted(again));
    }

    /// <summary>Order within a table counts, order of tables does not.</summary>
    private static IEnumerable<(
        string, AccountSid, IRecord)> Sorted(IEnumerable<(string Table, AccountSid Account, IRecord Record)> records) =>
        records.OrderBy(r => (r.Table, r.Account.Value));
}
