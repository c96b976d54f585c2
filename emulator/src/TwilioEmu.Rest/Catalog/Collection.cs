namespace TwilioEmu.Rest.Catalog;

/// <summary>A list path with its instance path, and the operations on both: what REST calls a resource.</summary>
/// <param name="path">List path without extension, variables in braces:
/// <c>/2010-04-01/Accounts/{AccountSid}/Queues/{QueueSid}/Members</c>.</param>
/// <param name="keyName">The variable of the instance path: <c>Sid</c>, <c>CallSid</c>; null when things here are not addressed.</param>
public sealed class Collection(string path, string? keyName)
{
    private readonly List<Collection> _children = [];
    private readonly List<Operation> _operations = [];
    private Collection[]? _ancestors;

    /// <summary>Of an operation that was not read from the catalog.</summary>
    public static Collection None { get; } = new("", null);

    public string Path => path;

    public string? KeyName => keyName;

    /// <summary>How many slashes the list path has.</summary>
    public int Depth { get; } = path.AsSpan().Count('/');

    /// <summary>True for one thing at one path: settings, configurations, balances.</summary>
    public bool IsSingleton => keyName is null && Fetch is not null;

    public Operation? Create => Find(OperationKind.Create);

    public Operation? Fetch => Find(OperationKind.Fetch);

    public Operation? List => Find(OperationKind.List);

    public Operation? Update => Find(OperationKind.Update);

    public Operation? Delete => Find(OperationKind.Delete);

    public IReadOnlyList<Operation> Operations => _operations;

    /// <summary>The collection whose instance this one belongs to, or null at the top.</summary>
    public Collection? Parent { get; private set; }

    /// <summary>Collections that belong to an instance of this one.</summary>
    public IReadOnlyList<Collection> Children => _children;

    /// <summary>Parents of parents, the top one first.</summary>
    public IReadOnlyList<Collection> Ancestors => _ancestors ??= Parent is null ? [] : [.. Parent.Ancestors, Parent];

    /// <inheritdoc/>
    public override string ToString() => path;

    internal void Add(Operation operation)
    {
        operation.Collection = this;
        _operations.Add(operation);
    }

    internal void Adopt(Collection child)
    {
        child.Parent = this;
        _children.Add(child);
    }

    private Operation? Find(OperationKind kind)
    {
        foreach (var operation in _operations) if (operation.Kind == kind) return operation;
        return null;
    }
}
