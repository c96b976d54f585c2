using System.Buffers;
using System.Text.Json;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Console.Control;

/// <summary>Records of one or several tables, of one account or all, newest first, a page at a time.</summary>
/// <remarks>Walked in turns of a bounded length and rendered off the loop: however long a table, nobody else waits.</remarks>
internal sealed class RecordList(ControlRequest request, IReadOnlyList<string> tables)
{
    private const int RecordsPerTurn = 2_000;

    /// <summary>Records looked at for one page: a filter that nothing fits ends with a place to go on from.</summary>
    private const int MostLookedAt = 100_000;

    /// <summary>Whose; null for everybody's.</summary>
    public string? Account { get; init; }

    /// <summary>The key of the last record of the page before.</summary>
    public string? Before { get; init; }

    /// <summary>What is wanted of the record's members.</summary>
    public Func<JsonElement, bool>? Filter { get; init; }

    /// <summary>The page, and the key to go on from; null where nothing is left.</summary>
    public async Task<(IReadOnlyList<Row> Rows, string? Next)> TakeAsync(int limit)
    {
        var rows = new List<Row>();
        var before = Before;
        for (var looked = 0; looked < MostLookedAt; looked += RecordsPerTurn)
        {
            var seen = await request.TurnAsync(() => Walk(request.World, before));
            foreach (var (account, record) in seen)
            {
                before = record.Key;
                var row = new Row(account.Value, record, Render(record));
                if (Filter is not null && !Filter(row.Members)) continue;
                rows.Add(row);
                if (rows.Count == limit) return (rows, before);
            }
            if (seen.Count < RecordsPerTurn) return (rows, null);
        }
        return (rows, before);
    }

    private List<(AccountSid Account, IRecord Record)> Walk(World world, string? before)
    {
        var owners = tables.SelectMany(t =>
            world.Store.OwnersOf(t).Where(a => Account is null || a.Value == Account).Select(a => (Table: t, Account: a))).ToList();
        (string Table, AccountSid Account, IRecord? Record) place = default;
        if (before is not null)
        {
            place = owners.Select(o => (o.Table, o.Account, Record: world.Store.Find(o.Table, o.Account, before)))
                .FirstOrDefault(o => o.Record is not null);
            if (place.Record is null) throw ControlRequest.Bad("before", $"there is no \"{before}\" here (any more): begin anew");
        }
        var open = new PriorityQueue<IEnumerator<IRecord>, (long, int)>();
        var whose = new Dictionary<IEnumerator<IRecord>, AccountSid>();
        foreach (var (table, account) in owners)
        {
            var isPlace = place.Record is not null && place.Table == table && place.Account == account;
            var records = world.Store.NewestFirst(table, account, isPlace ? before : null);
            if (place.Record is { } at && !isPlace)
            {
                records = records.SkipWhile(r => r.Since > at.Since || (r.Since == at.Since && string.CompareOrdinal(r.Key, at.Key) >= 0));
            }
            Push(records.GetEnumerator(), account);
        }
        var taken = new List<(AccountSid, IRecord)>();
        while (taken.Count < RecordsPerTurn && open.TryDequeue(out var next, out _))
        {
            taken.Add((whose[next], next.Current));
            Push(next, whose[next]);
        }
        return taken;

        void Push(IEnumerator<IRecord> records, AccountSid account)
        {
            if (!records.MoveNext()) return;
            whose[records] = account;
            open.Enqueue(records, (-(records.Current.Since ?? DateTimeOffset.MinValue).UtcTicks, whose.Count));
        }
    }

    private static JsonElement Render(IRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Entry.Options))
        {
            json.WriteStartObject();
            record.WriteMembers(json);
            json.WriteEndObject();
        }
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    /// <summary>A record of the page.</summary>
    /// <param name="Account">Whose.</param>
    /// <param name="Record">As it was when it was walked over.</param>
    /// <param name="Members">As the journal shows it.</param>
    internal sealed record Row(string Account, IRecord Record, JsonElement Members)
    {
        public void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("account", Account);
            if (!Members.TryGetProperty("sid", out _)) json.WriteString("sid", Record.Key);
            if (Record.Since is { } since) json.WriteString("at", since.UtcDateTime);
            foreach (var member in Members.EnumerateObject()) member.WriteTo(json);
            json.WriteEndObject();
        }
    }
}
