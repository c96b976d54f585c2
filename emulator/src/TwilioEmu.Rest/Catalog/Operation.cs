namespace TwilioEmu.Rest.Catalog;

/// <summary>One operation of a public OpenAPI document, as facts.</summary>
/// <param name="Id">The operationId: <c>CreateMessage</c>. Unique within its document only.</param>
public sealed record Operation(string Id)
{
    private Shape? _keptShape;

    /// <summary>The document it comes from: <c>api_v2010</c>.</summary>
    public string Document { get; init; } = "";

    /// <summary>The product's host label: <c>api</c>.</summary>
    public string Host { get; internal set; } = "";

    /// <summary>Upper case.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>As in the document, extension included: <c>/2010-04-01/Accounts/{AccountSid}/Messages.json</c>.</summary>
    public string Path { get; init; } = "";

    public OperationKind Kind { get; init; }

    /// <summary>The HTTP status of success.</summary>
    public int Status { get; init; } = 200;

    /// <summary>True when it asks for no credentials: token endpoints.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The resource it answers with, or whose list it answers with; null for an empty body.</summary>
    public Shape? Shape { get; internal set; }

    public BodyKind Body { get; init; }

    /// <summary>What a JSON body holds; null elsewhere.</summary>
    public Shape? BodyShape { get; internal set; }

    /// <summary>The answer's content type where it is not <c>application/json</c>.</summary>
    public string? ContentType { get; init; }

    public PageStyle Page { get; init; }

    /// <summary>The member of a list answer that holds the items: <c>messages</c>.</summary>
    public string? ListKey { get; init; }

    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    /// <summary>The resource collection it acts on.</summary>
    public Collection Collection { get; internal set; } = Collection.None;

    /// <summary>Names of the variables in the path, in order.</summary>
    public IReadOnlyList<string> PathNames { get; init; } = [];

    /// <summary>What is known of a thing it makes or changes: what it answers with, and what a fetch would show besides.</summary>
    internal Shape? KeptShape => _keptShape ??= Kept();

    /// <summary>True in the document whose instants are RFC 2822 and whose links are relative.</summary>
    public bool IsClassic => Document == ApiCatalog.ClassicDocument;

    private Shape? Kept()
    {
        if ((Collection.Fetch ?? Collection.List)?.Shape is not { } shown || shown == Shape || Kind == OperationKind.Action) return Shape;
        if (Shape is null) return shown;
        var more = shown.Properties.Where(p => Shape.Find(p.Name) is null).ToList();
        return more.Count == 0 ? Shape : Shape with { Properties = [.. Shape.Properties, .. more] };
    }

    /// <summary>The parameter of a name in a place, or null.</summary>
    public Parameter? Find(ParameterPlace place, ReadOnlySpan<char> name)
    {
        // At most a few dozen: a walk beats a dictionary's memory.
        for (var i = 0; i < Parameters.Count; i++)
        {
            var parameter = Parameters[i];
            if (parameter.Place == place && name.SequenceEqual(parameter.Name)) return parameter;
        }
        return null;
    }

    /// <summary>The path of the collection with its variables, without extension.</summary>
    public override string ToString() => $"{Id} ({Method} {Path})";
}
