namespace TwilioEmu.Rest.Catalog;

/// <summary>All documents the emulator knows; each is read when first asked for.</summary>
/// <remarks>Immutable to its users and safe from any thread; worlds share one.</remarks>
public sealed class ApiCatalog
{
    /// <summary>The document with the date for a version: RFC 2822 instants, relative links, extensions.</summary>
    public const string ClassicDocument = "api_v2010";

    private readonly List<Entry> _entries = [];
    private readonly HashSet<string> _hosts = new(StringComparer.OrdinalIgnoreCase);

    private ApiCatalog() { }

    /// <summary>Reads the index; the documents follow on demand.</summary>
    public static ApiCatalog Open()
    {
        var catalog = new ApiCatalog();
        using var reader = new StreamReader(OpenFile("index"));
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            var fields = line.Split('\t');
            var entry = new Entry(fields[0], fields[1], fields[2].Split('|'), new Lazy<CatalogDocument>(() =>
            {
                using var file = OpenFile(fields[0]);
                return DocumentLoader.Load(file);
            }));
            catalog._entries.Add(entry);
            catalog._hosts.Add(entry.Host);
        }
        return catalog;
    }

    /// <summary>Every document; reads them all.</summary>
    public IEnumerable<CatalogDocument> Documents => _entries.Select(e => e.Document.Value);

    /// <summary>Host labels of the products, each once.</summary>
    internal IEnumerable<string> Products => _hosts;

    /// <summary>The documents of a product; reads them.</summary>
    internal IEnumerable<CatalogDocument> Of(string product) => _entries.Where(e => e.Host == product).Select(e => e.Document.Value);

    /// <summary>True for a product's host label: <c>verify</c>.</summary>
    public bool HasProduct(ReadOnlySpan<char> label) => _hosts.GetAlternateLookup<ReadOnlySpan<char>>().Contains(label);

    /// <summary>The host label of a document by name, which is not read for it; null where there is none.</summary>
    public string? HostOf(string document)
    {
        foreach (var entry in _entries) if (entry.Name == document) return entry.Host;
        return null;
    }

    /// <summary>A document by name, or null.</summary>
    public CatalogDocument? Find(string document)
    {
        foreach (var entry in _entries) if (entry.Name == document) return entry.Document.Value;
        return null;
    }

    /// <summary>The operations on a path of a product, whatever their method, or null.</summary>
    /// <param name="product">Host label, or empty where only the classic paths are meant.</param>
    /// <param name="path">From the version on, without extension.</param>
    /// <param name="values">Of the variables, in order.</param>
    internal IReadOnlyList<Operation>? Match(ReadOnlySpan<char> product, ReadOnlySpan<char> path, out string[] values)
    {
        values = [];
        if (path.IsEmpty || path[0] != '/') return null;
        var root = path[1..];
        var slash = root.IndexOf('/');
        if (slash >= 0) root = root[..slash];
        // A few of the documents' paths end with a slash; no other may.
        var hasSlash = path.Length > 1 && path[^1] == '/';
        if (hasSlash) path = path[..^1];
        foreach (var entry in _entries)
        {
            if (!product.Equals(entry.Host, StringComparison.OrdinalIgnoreCase) || !entry.Roots.Any(root)) continue;
            if (entry.Document.Value.Routes.Match(path, out values) is { } operations && (!hasSlash || operations[0].Path.EndsWith('/')))
            {
                return operations;
            }
        }
        return null;
    }

    private static Stream OpenFile(string name) =>
        typeof(ApiCatalog).Assembly.GetManifestResourceStream($"Catalog/{name}.txt")
        ?? throw new InvalidOperationException($"the catalog holds no {name}.txt");

    private sealed record Entry(string Name, string Host, string[] Roots, Lazy<CatalogDocument> Document);
}

file static class Spans
{
    public static bool Any(this string[] words, ReadOnlySpan<char> word)
    {
        foreach (var w in words) if (word.SequenceEqual(w)) return true;
        return false;
    }
}
