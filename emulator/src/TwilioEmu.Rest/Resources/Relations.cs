using System.Collections.Frozen;
using TwilioEmu.Rest.Catalog;

namespace TwilioEmu.Rest.Resources;

/// <summary>What the documents do not tell of how resources hang together: a hand-kept table of facts.</summary>
/// <remarks>
/// <c>Relations.txt</c>, a line a fact, fields apart by tabs:
/// <c>table from to</c> (one list under two paths), <c>upsert document listPath</c> (a POST on an instance makes what is not there),
/// <c>newest document listPath name [property=value...]</c> (a name for the last that came, or the last with those properties),
/// <c>mirror document listPath list</c> (views of things of another list:
/// there while those are), <c>only document listPath</c> (one thing, whatever its deletes are called),
/// <c>initial document listPath property=value...</c> (what a new resource says where the schema's first word is wrong),
/// <c>shelf table listPath property=value...</c> (what is there for every account, the key first), <c>spawn document operation listPath
/// property=value...</c> (what else comes of it; @name is a property of the new thing, as is {name} in an absolute path), <c>act document
/// operation property=value...</c> (an action that changes its parent), <c>lacks document operation main|side words</c> (what the
/// live service does beyond keeping it, and whether that is what the operation is for).
/// Immutable once read; safe from any thread.
/// </remarks>
internal sealed class Relations
{
    private const string SinceLongAgo = "2020-10-01T00:00:00Z";

    private readonly List<KeyValuePair<string, string>> _tables = [];
    private readonly HashSet<(string Document, string Path)> _upserts = [];
    private readonly HashSet<(string Document, string Path)> _onlies = [];
    private readonly Dictionary<(string Document, string Path), string> _mirrors = [];
    private readonly Dictionary<(string Document, string Path), List<(string Name, List<KeyValuePair<string, string>> Values)>> _newest =
    [
    ];
    private readonly Dictionary<(string Document, string Path), List<KeyValuePair<string, string>>> _initials = [];
    private readonly Dictionary<string, List<Document>> _shelves = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Document, string Id), List<Spawn>> _spawns = [];
    private readonly Dictionary<(string Document, string Id), IReadOnlyList<KeyValuePair<string, string>>> _acts = [];
    private readonly Dictionary<(string Document, string Id), Lack> _lacks = [];

    private Relations() { }

    /// <summary>One thing that is made because another was.</summary>
    /// <param name="ListPath">From the version on, with names of the new resource's properties in braces.</param>
    /// <param name="Values">Its properties.</param>
    public sealed record Spawn(string ListPath, IReadOnlyList<KeyValuePair<string, string>> Values);

    /// <summary>The table, read once for the process.</summary>
    public static Relations Shared { get; } = Open();

    /// <summary>The table that stands for another.</summary>
    public string TableOf(string table)
    {
        foreach (var (from, to) in _tables)
        {
            if (table.StartsWith(from, StringComparison.Ordinal) && (table.Length == from.Length || table[from.Length] == '/'))
            {
                return to + table[from.Length..];
            }
        }
        return table;
    }

    public bool IsUpserted(Collection collection) =>
        collection.Operations.Count > 0 && _upserts.Contains((collection.Operations[0].Document, collection.Path));

    public bool IsOnly(Collection collection) =>
        collection.Operations.Count > 0 && _onlies.Contains((collection.Operations[0].Document, collection.Path));

    /// <summary>The list, of 2010-04-01 or a table's name, whose things are what may be asked for here; or null.</summary>
    public string? MirrorOf(Collection collection) =>
        collection.Operations.Count > 0 ? _mirrors.GetValueOrDefault((collection.Operations[0].Document, collection.Path)) : null;

    /// <summary>The document that a name stands for among those of a list, newest first: the last that came; or null.</summary>
    public Document? Newest(Collection collection, string called, IEnumerable<Document> newestFirst)
    {
        if (collection.Operations.Count == 0 || !_newest.TryGetValue((collection.Operations[0].Document, collection.Path), out var names))
        {
            return null;
        }
        foreach (var (name, values) in names)
        {
            if (name == called) return newestFirst.FirstOrDefault(d => values.TrueForAll(v => d[v.Key] == v.Value));
        }
        return null;
    }

    public IReadOnlyList<KeyValuePair<string, string>> InitialOf(Operation operation) =>
        _initials.TryGetValue((operation.Document, operation.Collection.Path), out var values) ? values : [];

    /// <summary>What lies in a table for every account, newest first.</summary>
    public IReadOnlyList<Document> BuiltIn(string table) => _shelves.TryGetValue(table, out var documents) ? documents : [];

    public IReadOnlyList<Spawn> SpawnedBy(Operation operation) =>
        _spawns.TryGetValue((operation.Document, operation.Id), out var spawns) ? spawns : [];

    /// <summary>What an action sets in its parent, or null when it is no such action.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? ActOf(Operation operation) =>
        _acts.GetValueOrDefault((operation.Document, operation.Id));

    /// <summary>What the live service does beyond keeping it, or null.</summary>
    public Lack? LackOf(Operation operation) => _lacks.GetValueOrDefault((operation.Document, operation.Id));

    /// <summary>Every operation or path the table names, for a test to find slips.</summary>
    public IEnumerable<(string Document, string Name)> Names() =>
        [.. _upserts, .. _onlies, .. _mirrors.Keys, .. _newest.Keys, .. _initials.Keys, .. _spawns.Keys, .. _acts.Keys, .. _lacks.Keys];

    private static Relations Open()
    {
        var relations = new Relations();
        using var reader = new StreamReader(typeof(Relations).Assembly.GetManifestResourceStream("Resources/Relations.txt")!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#') relations.Read(line.Split('\t', StringSplitOptions.RemoveEmptyEntries));
        }
        return relations;
    }

    private void Read(string[] fields)
    {
        switch (fields[0])
        {
            case "table": _tables.Add(KeyValuePair.Create(fields[1], fields[2])); break;
            case "upsert": _upserts.Add((fields[1], fields[2])); break;
            case "only": _onlies.Add((fields[1], fields[2])); break;
            case "mirror": _mirrors.Add((fields[1], fields[2]), fields[3]); break;
            case "newest":
                if (!_newest.TryGetValue((fields[1], fields[2]), out var names)) _newest.Add((fields[1], fields[2]), names = []);
                names.Add((fields[3], Pairs(fields, 4)));
                break;
            case "initial": _initials.Add((fields[1], fields[2]), Pairs(fields, 3)); break;
            case "act": _acts.Add((fields[1], fields[2]), Pairs(fields, 3)); break;
            case "lacks": _lacks.Add((fields[1], fields[2]), Lack.Read(fields[3], fields[4])); break;
            case "spawn":
                if (!_spawns.TryGetValue((fields[1], fields[2]), out var spawns)) _spawns.Add((fields[1], fields[2]), spawns = []);
                spawns.Add(new Spawn(fields[3], Pairs(fields, 4)));
                break;
            case "shelf":
                if (!_shelves.TryGetValue(fields[1], out var shelf)) _shelves.Add(fields[1], shelf = []);
                var pairs = Pairs(fields, 3);
                pairs.Add(KeyValuePair.Create("url", $"{fields[2]}/{pairs[0].Value}"));
                pairs.Add(KeyValuePair.Create("date_created", SinceLongAgo));
                pairs.Add(KeyValuePair.Create("date_updated", SinceLongAgo));
                var values = pairs.ToFrozenDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
                shelf.Add(new Document(pairs[0].Value, values) { Alias = values.GetValueOrDefault("unique_name") });
                break;
            default: throw new InvalidDataException($"a relation cannot be '{fields[0]}'");
        }
    }

    private static List<KeyValuePair<string, string>> Pairs(string[] fields, int from) =>
        [
            .. fields[from..].Select(f =>
                KeyValuePair.Create(f[..f.IndexOf('=', StringComparison.Ordinal)], f[(f.IndexOf('=', StringComparison.Ordinal) + 1)..])),
        ];
}
