using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Kernel.Keeping;

/// <summary>
/// What rooms keep across a restart beside their records: where a queue stands, what is on its way, how far a stream of chances was drawn.
/// </summary>
/// <remarks>
/// Loop-confined. A part is a name and a few packed members, written with the next batch as it is then:
/// what came and went between two batches costs nothing. Where no keeper is, nothing is remembered.
/// </remarks>
public sealed class KeptParts
{
    private readonly IKeeper? _keeper;
    private readonly Func<long> _lastSeq;
    private int _count;
    private readonly Dictionary<string, byte[]> _saved = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Action<PackedWriter>?> _changed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _written = new(StringComparer.Ordinal);

    internal KeptParts(IKeeper? keeper, Func<long> lastSeq)
    {
        (_keeper, _lastSeq) = (keeper, lastSeq);
        if (keeper?.Saved is not { } saved) return;
        foreach (var (name, part) in saved.Parts)
        {
            _saved.Add(name, part);
            _written.Add(name, part);
        }
    }

    /// <summary>False where the world ends with its process.</summary>
    public bool IsKept => _keeper is not null;

    /// <summary>A name nobody has, which comes after those made before it in this world.</summary>
    public string NewName(string prefix) => IsKept ? $"{prefix}{_lastSeq():D15}.{++_count:D9}" : "";

    /// <summary>A part changed; it is written as it is when the batch is taken.</summary>
    public void Put(string name, Action<PackedWriter> write)
    {
        if (_keeper is null || name.Length == 0) return;
        _changed[name] = write;
        _keeper.Touch();
    }

    /// <summary>A part is no more.</summary>
    public void Drop(string name)
    {
        if (_keeper is null || name.Length == 0) return;
        // What never reached the disk need not leave it.
        if (_written.ContainsKey(name)) _changed[name] = null;
        else _changed.Remove(name);
        _keeper.Touch();
    }

    /// <summary>What the file had of a part, or null; once, since the room is its owner from then on.</summary>
    public PackedReader? Take(string name) => _saved.Remove(name, out var part) ? new PackedReader(part) : null;

    /// <summary>What the file had of the parts whose names begin so, in the order of their names.</summary>
    public IReadOnlyList<(string Name, PackedReader Part)> TakeAll(string prefix)
    {
        var names = _saved.Keys.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        return [.. names.Select(n => (n, Take(n)!))];
    }

    /// <summary>All there are, as they are now. A turn of the loop.</summary>
    public IReadOnlyDictionary<string, byte[]> All()
    {
        var all = new Dictionary<string, byte[]>(_written, StringComparer.Ordinal);
        foreach (var (name, write) in _changed)
        {
            if (write is null)
            {
                all.Remove(name);
                continue;
            }
            var writer = new PackedWriter();
            write(writer);
            all[name] = writer.Written.ToArray();
        }
        return all;
    }

    /// <summary>Writes what changed since the last time; null for what is no more. A turn of the loop.</summary>
    public IReadOnlyList<(string Name, byte[]? Part)> TakeChanges()
    {
        if (_changed.Count == 0) return [];
        var changes = new List<(string, byte[]?)>(_changed.Count);
        var writer = new PackedWriter();
        foreach (var (name, write) in _changed)
        {
            if (write is null)
            {
                _written.Remove(name);
                changes.Add((name, null));
                continue;
            }
            writer.Clear();
            write(writer);
            var part = writer.Written.ToArray();
            _written[name] = part;
            changes.Add((name, part));
        }
        _changed.Clear();
        return changes;
    }
}
