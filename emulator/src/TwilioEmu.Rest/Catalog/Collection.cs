namespace TwilioEmu.Rest.Catalog;

/// <summary>A list path with its instance path, and the operations on both: what REST calls a resource.</summary>
/// <param name="path">List path without extension, variables in braces: <c>/2010-04-01/Accounts/{AccountSid}/Queues/{QueueSid}/Members</c>.</param>
/// <param name="keyName">The variable of the instance path: <c>Sid</c>, <c>CallSid</c>; null when things here are not addressed.</param>
public sealed class Collection(string path, string? keyName)
{
    private readonly List<Collection> _children = [];

    /// <summary>Of an operation that was not read from the catalog.</summary>
    public static Collection None { get; } = new("", null);

    public string Path => path;

    public string? KeyName => keyName;

    public Operation? Create { get; internal set; }

    public Operation? Fetch { get; internal set; }

    /// <summary>The collection whose instance this one belongs to, or null at the top.</summary>
    public Collection? Parent { get; private set; }

    /// <summary>Collections that belong to an instance of this one.</summary>
    public IReadOnlyList<Collection> Children => _children;

    /// <inheritdoc/>
    public override string ToString() => path;

    internal void Adopt(Collection child)
    {
        child.Parent = this;
        _children.Add(child);
    }
}
