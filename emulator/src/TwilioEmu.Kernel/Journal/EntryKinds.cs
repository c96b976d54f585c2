namespace TwilioEmu.Kernel.Journal;

/// <summary>Every kind of entry a house can write: what claims are held against, and what the reference page tells.</summary>
/// <remarks>
/// Safe from any thread. The kinds of stored resources are many and read late: only when a name is asked for that nothing else has.
/// </remarks>
public sealed class EntryKinds
{
    private readonly Dictionary<string, EntryKind> _declared = new(StringComparer.Ordinal);
    private readonly HashSet<string> _things = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<string, EntryKind>> _stored;

    /// <summary>Gathers them.</summary>
    /// <param name="declared">The constants of the rooms.</param>
    /// <param name="stored">The kinds of resources that only the catalog knows;
    /// asked for late. Where two have a name, the members are those of both.</param>
    public EntryKinds(IEnumerable<EntryKind> declared, Func<IEnumerable<EntryKind>>? stored = null)
    {
        foreach (var kind in declared)
        {
            _declared.Add(kind.Name, kind);
            _things.Add(kind.Name.Split('.')[0]);
        }
        _stored = new(() => Merge(stored?.Invoke() ?? []));
    }

    /// <summary>What the rooms declare, in their order.</summary>
    public IReadOnlyCollection<EntryKind> Declared => _declared.Values;

    /// <summary>All there are.</summary>
    public IEnumerable<EntryKind> All => _declared.Values.Concat(_stored.Value.Values);

    /// <summary>The kind of a name, or null.</summary>
    public EntryKind? Find(string name) => _declared.GetValueOrDefault(name) ?? _stored.Value.GetValueOrDefault(name);

    /// <summary>True when a room declares kinds about a thing: <c>message</c>.</summary>
    public bool IsDeclared(string thing) => _things.Contains(thing);

    /// <summary>The kinds that a name means: one, or with a star at its end (<c>message.*</c>) those that begin so.</summary>
    public IReadOnlyList<EntryKind> Meant(string pattern)
    {
        if (pattern is not [.. var start, '*']) return Find(pattern) is { } one ? [one] : [];
        var near = _declared.Values.Where(Begins).ToList();
        return near.Count > 0 && start.Length > 0 ? near : [.. All.Where(Begins)];

        bool Begins(EntryKind kind) => kind.Name.StartsWith(start, StringComparison.Ordinal);
    }

    private Dictionary<string, EntryKind> Merge(IEnumerable<EntryKind> stored)
    {
        var kinds = new Dictionary<string, EntryKind>(StringComparer.Ordinal);
        foreach (var kind in stored)
        {
            if (_declared.ContainsKey(kind.Name)) continue;
            kinds[kind.Name] = kinds.TryGetValue(kind.Name, out var there)
                ? new EntryKind(there.Name, there.Means, [.. there.Members.Union(kind.Members, StringComparer.Ordinal)])
                {
                    KeepsPrevious = there.KeepsPrevious,
                }
                : kind;
        }
        return kinds;
    }
}
