namespace TwilioEmu.Rest.Catalog;

/// <summary>The operations of one OpenAPI document, found by path or by id. Immutable once made.</summary>
public sealed class CatalogDocument
{
    private readonly Dictionary<string, Operation> _byId = new(StringComparer.Ordinal);

    internal CatalogDocument(string name, string host, IReadOnlyList<Operation> operations)
    {
        Name = name;
        Host = host;
        Operations = operations;
        Collections = CollectionTree.Grow(operations);
        foreach (var operation in operations)
        {
            _byId.Add(operation.Id, operation);
            Routes.Add(operation);
            operation.Host = host;
        }
    }

    /// <summary><c>api_v2010</c>.</summary>
    public string Name { get; }

    /// <summary>The product's host label: <c>api</c>.</summary>
    public string Host { get; }

    public IReadOnlyList<Operation> Operations { get; }

    public IReadOnlyCollection<Collection> Collections { get; }

    internal RouteTree Routes { get; } = new();

    /// <summary>The collection that a concrete list path belongs to, or null.</summary>
    public Collection? CollectionOf(string path) => Routes.Match(path, out _) is [var operation, ..] ? operation.Collection : null;

    /// <summary>The collection of a list path as the document has it, or null.</summary>
    public Collection? CollectionAt(string path) => Collections.FirstOrDefault(c => c.Path == path);

    /// <summary>The operation of an id, or null.</summary>
    public Operation? Find(string id) => _byId.GetValueOrDefault(id);
}
