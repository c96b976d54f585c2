namespace TwilioEmu.Rest.Catalog;

/// <summary>Finds the operations of a path in time proportional to its length.</summary>
/// <remarks>
/// Case-sensitive (twilio.com/docs/usage/requests-to-twilio).
/// A literal segment wins over a variable; the variable is tried when the literal leads nowhere.
/// </remarks>
internal sealed class RouteTree
{
    // The deepest path of all documents has 7 variables.
    private const int MaxVariables = 16;

    private readonly Node _root = new();

    public void Add(Operation operation)
    {
        var node = _root;
        var path = operation.Path.EndsWith(".json", StringComparison.Ordinal) ? operation.Path[..^5] : operation.Path;
        foreach (var segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            node = segment.StartsWith('{') ? node.Variable ??= new Node() : node.Literal(segment);
        }
        node.Operations.Add(operation);
    }

    /// <summary>The operations on a path, whatever their method, or null.</summary>
    /// <param name="path">Without extension.</param>
    /// <param name="values">Of the variables, in order.</param>
    public IReadOnlyList<Operation>? Match(ReadOnlySpan<char> path, out string[] values)
    {
        Span<Range> found = stackalloc Range[MaxVariables];
        values = [];
        if (path.IsEmpty || path[0] != '/') return null;
        var node = Walk(_root, path, 1, found, 0, out var count);
        if (node is null) return null;
        if (count > 0) values = new string[count];
        for (var i = 0; i < count; i++) values[i] = path[found[i]].ToString();
        return node.Operations;
    }

    private static Node? Walk(Node node, ReadOnlySpan<char> path, int start, Span<Range> found, int depth, out int count)
    {
        count = depth;
        if (start > path.Length) return node.Operations.Count > 0 ? node : null;
        var length = path[start..].IndexOf('/');
        var end = length < 0 ? path.Length : start + length;
        // An empty segment (a doubled or trailing slash) is no value of a variable: 404.
        if (end == start) return null;
        if (node.Find(path[start..end]) is { } literal && Walk(literal, path, end + 1, found, depth, out count) is { } there) return there;
        if (node.Variable is null || depth == MaxVariables) return null;
        found[depth] = start..end;
        return Walk(node.Variable, path, end + 1, found, depth + 1, out count);
    }

    private sealed class Node
    {
        private readonly Dictionary<string, Node> _literals = new(StringComparer.Ordinal);

        public Node? Variable { get; set; }

        public List<Operation> Operations { get; } = [];

        public Node? Find(ReadOnlySpan<char> segment) =>
            _literals.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(segment, out var node) ? node : null;

        public Node Literal(string segment)
        {
            if (!_literals.TryGetValue(segment, out var node)) _literals.Add(segment, node = new Node());
            return node;
        }
    }
}
