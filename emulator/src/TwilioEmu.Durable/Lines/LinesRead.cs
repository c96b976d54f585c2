using System.Text;
using System.Text.Json;
using TwilioEmu.Durable.Packing;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Keeping;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Kernel.Text;

namespace TwilioEmu.Durable.Lines;

/// <summary>A world, line by line.</summary>
internal sealed class LinesRead(RecordForms forms)
{
    // What numbers of JSON are exact to, for whoever reads them (RFC 8259 6); and no seq to come grows beyond a long.
    private const long MaxSeq = 1L << 53;

    // Time goes on from there, and things are kept for years before and behind it (ours).
    private static readonly DateTimeOffset Earliest = new(1970, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<SavedRow> _rows = [];
    private readonly List<Entry> _entries = [];
    private readonly HashSet<long> _places = [];
    private readonly HashSet<(string Table, string Account, string Key)> _keys = [];
    private readonly Dictionary<string, RecordForm> _tables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _parts = new(StringComparer.Ordinal);
    private (long Seed, DateTimeOffset At, long LastSeq)? _world;
    private long _count;
    private bool _isWhole;

    /// <summary>Takes the next line; an empty one is none.</summary>
    /// <exception cref="InvalidDataException">It is none of a world's.</exception>
    public void Add(ReadOnlyMemory<byte> line)
    {
        if (line.Length == 0) return;
        try
        {
            using var json = JsonText.Parse(line, mayRepeat: true);
            var member = json.RootElement.EnumerateObject().First();
            Add(member.Name, member.Value);
            _count++;
        }
        catch (Exception wrong) when (
            wrong is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or InvalidDataException
                or ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"line {_count + 1} is no line of a world: {wrong.Message}", wrong);
        }
    }

    /// <summary>The world, when all of it was there.</summary>
    /// <exception cref="InvalidDataException">It is not whole.</exception>
    public SavedWorld End()
    {
        if (_world is not { } world || !_isWhole)
        {
            throw new InvalidDataException($"the world ends after line {_count} and is not whole: its last line is {{\"end\":...}}");
        }
        _rows.Sort(static (one, other) => one.Place.Arrived.CompareTo(other.Place.Arrived));
        return new SavedWorld(world.Seed, world.At, world.LastSeq, _rows, _entries, _parts);
    }

    private void Add(string kind, JsonElement value)
    {
        if (_isWhole) throw new InvalidDataException("nothing comes after the end");
        if (_world is null != (kind == "world")) throw new InvalidDataException("the first line, and no other, is {\"world\":...}");
        switch (kind)
        {
            case "world":
                if (value.GetProperty("format").GetInt32() is var format && format != WorldLines.Format)
                {
                    throw new InvalidDataException($"the world is of format {format}, and this program knows {WorldLines.Format}");
                }
                _world = (value.GetProperty("seed").GetInt64(), Instant(value, "at"), value.GetProperty("last_seq").GetInt64());
                if (_world.Value.At is var at && (at < Earliest || at > Latest))
                {
                    throw new InvalidDataException($"at lies before {Earliest:yyyy} or after {Latest:yyyy}");
                }
                if (_world.Value.LastSeq is < 0 or > MaxSeq) throw new InvalidDataException($"last_seq is not from 0 to {MaxSeq}");
                break;
            case "record":
                AddRecord(value);
                break;
            case "entry":
                var seq = value.GetProperty("seq").GetInt64();
                if (seq <= (_entries.Count > 0 ? _entries[^1].Seq : 0) || seq > _world!.Value.LastSeq)
                {
                    throw new InvalidDataException($"seq {seq} does not come after the one before, or is higher than last_seq");
                }
                _entries.Add(new Entry(
                    seq, Instant(value, "at"), new AccountSid(string.Intern(Text(value, "account"))), string.Intern(Text(value, "kind")),
                    Text(value, "subject"),
                    value.GetProperty("cause").GetInt64(),
                    value.GetProperty("data") is var data && data.EnumerateObject().Any()
                        ? new ToldData(Encoding.UTF8.GetBytes(data.GetRawText()))
                        : null));
                break;
            case "part":
                _parts[Text(value, "name")] = value.GetProperty("packed").GetBytesFromBase64();
                break;
            case "end":
                if (value.GetProperty("lines").GetInt64() != _count)
                {
                    throw new InvalidDataException($"there are {_count} lines before it, not {value.GetProperty("lines")}");
                }
                _isWhole = true;
                break;
            default:
                throw new InvalidDataException($"it tells of \"{kind}\"; known are world, record, entry, part, end");
        }
    }

    private void AddRecord(JsonElement value)
    {
        var name = Text(value, "form");
        var form = forms.Find(name) ?? throw new InvalidDataException($"there is no record called {name}");
        var place = new RowPlace(
            value.GetProperty("arrived").GetInt64(), value.GetProperty("settled_seq").GetInt64(), Instant(value, "settled_at"));
        if (place.Arrived < 1 || place.Arrived > _world!.Value.LastSeq || !_places.Add(place.Arrived))
        {
            throw new InvalidDataException($"arrived {place.Arrived} is another record's, or higher than last_seq");
        }
        var record = form.Read(new JsonMembersReader(value.GetProperty("members")));
        var (table, account) = (string.Intern(Text(value, "table")), string.Intern(Text(value, "account")));
        if (!_keys.Add((table, account, record.Key))) throw new InvalidDataException($"{record.Key} stands in {table} twice");
        if (_tables.TryAdd(table, form) || _tables[table] == form)
        {
            _rows.Add(new SavedRow(table, new AccountSid(account), form, record, place));
        }
        else throw new InvalidDataException($"{table} holds records called {_tables[table].Name}, and this is one called {name}");
    }

    private static string Text(JsonElement value, string name) => value.GetProperty(name).GetString() ?? "";

    private static DateTimeOffset Instant(JsonElement value, string name) =>
        new(value.GetProperty(name).GetDateTime().ToUniversalTime(), TimeSpan.Zero);
}
