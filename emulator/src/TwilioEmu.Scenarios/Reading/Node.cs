using System.Globalization;

namespace TwilioEmu.Scenarios.Reading;

/// <summary>A value of a document as written, with its place: the one form that YAML files and JSON bodies are read from.</summary>
public abstract record Node(SourcePosition Position)
{
    /// <summary>A single value.</summary>
    public sealed record Scalar(SourcePosition Position, string Text, ScalarKind Kind) : Node(Position)
    {
        /// <summary>True where <c>${name}</c> stands for a value that is known only when the story runs.</summary>
        public bool IsTemplate => Text.Contains("${", StringComparison.Ordinal);

        /// <summary>True for the name of a file that stands for what is in it: <c>!include world.yaml</c>.</summary>
        public bool IsInclude { get; init; }

        /// <summary>As shown in a message.</summary>
        public string Shown => Kind == ScalarKind.Null ? "nothing" : $"\"{(Text.Length > 60 ? Text[..57] + "..." : Text)}\"";
    }

    /// <summary>A list.</summary>
    public sealed record Sequence(SourcePosition Position, IReadOnlyList<Node> Items) : Node(Position);

    /// <summary>Keys and values, in the order written; keys are unique.</summary>
    public sealed record Mapping(SourcePosition Position, IReadOnlyList<Member> Members) : Node(Position)
    {
        // Beyond this many a search from the front, key by key, costs more than a table.
        private const int Few = 16;

        private Dictionary<string, Node>? _byKey;

        public Node? this[string key] => Members.Count <= Few
            ? Members.FirstOrDefault(m => m.Key == key)?.Value
            : (_byKey ??= Members.DistinctBy(m => m.Key, StringComparer.Ordinal)
                .ToDictionary(m => m.Key, m => m.Value, StringComparer.Ordinal)).GetValueOrDefault(key);
    }

    /// <summary>A key and its value.</summary>
    public sealed record Member(SourcePosition KeyPlace, string Key, Node Value);

    /// <summary>Where a field stands, such as <c>accounts[0].oauth_apps[1]</c>; of the nearest part of the path that is there.</summary>
    public SourcePosition PlaceOf(string path)
    {
        var at = this;
        foreach (var part in path.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = at switch
            {
                Mapping mapping => mapping[part],
                Sequence list when int.TryParse(
                    part.Trim('[', ']'), NumberStyles.None, CultureInfo.InvariantCulture, out var i) && i < list.Items.Count =>
                    list.Items[i],
                _ => null,
            };
            if (next is null) break;
            at = next;
        }
        return at.Position;
    }

    /// <summary>What it is, for messages.</summary>
    public string Sort => this switch
    {
        Scalar { Kind: ScalarKind.Null } => "nothing",
        Scalar => "a single value",
        Sequence => "a list",
        Mapping => "a mapping",
        _ => throw new InvalidOperationException($"unknown node {GetType().Name}"),
    };

    /// <summary>Nodes in it, itself included; aliases counted each time they are used.</summary>
    internal long Weight { get; init; } = 1;
}

/// <summary>How a scalar was written, which decides what it may be read as.</summary>
public enum ScalarKind
{
    /// <summary>YAML without quotes: text, number or truth value, as asked for.</summary>
    Plain,

    /// <summary>In quotes, a YAML block, a JSON string: text only.</summary>
    Quoted,

    /// <summary>A JSON number or truth value: never text.</summary>
    Literal,

    /// <summary>Empty, <c>~</c> or <c>null</c>.</summary>
    Null,
}
