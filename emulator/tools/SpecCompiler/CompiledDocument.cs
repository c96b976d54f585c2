using System.Text.Json;

namespace SpecCompiler;

/// <summary>The facts of one OpenAPI document, as they go to the catalog.</summary>
internal sealed record CompiledDocument(
    string Name, string InputHash, string Host, IReadOnlyList<CompiledOperation> Operations, IReadOnlyDictionary<string, CompiledShape> Shapes);

/// <summary>One operation; <see cref="Kind"/> is list, create, fetch, update, delete or action.</summary>
internal sealed record CompiledOperation(string Id, string Method, string Path)
{
    public required string Kind { get; init; }

    public required int Status { get; init; }

    /// <summary>True when it asks for no credentials.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The shape it answers with, or whose list it answers with.</summary>
    public string? Shape { get; init; }

    /// <summary>form or json.</summary>
    public string? Body { get; init; }

    /// <summary>The shape of a JSON body.</summary>
    public string? BodyShape { get; init; }

    /// <summary>The answer's content type where it is not application/json.</summary>
    public string? ContentType { get; init; }

    public string? Page { get; init; }

    public string? ListKey { get; init; }

    public required IReadOnlyList<CompiledParameter> Parameters { get; init; }
}

/// <summary>One parameter; <paramref name="Default"/> is the value documented in words.</summary>
internal sealed record CompiledParameter(string Name, string In, bool IsRequired, CompiledFacts Facts, string? Default, int? MaxLength);

/// <summary>A resolved schema, and that of the items where it is an array's.</summary>
internal readonly record struct CompiledFacts(JsonElement Schema, JsonElement Items)
{
    public bool IsArray => Schema.TryGetProperty("type", out var type) && type.GetString() == "array";

    /// <summary>What one value looks like.</summary>
    public JsonElement Single => IsArray ? Items : Schema;
}

/// <summary>The properties of an object in the schema's order, the prefix of its SID, and where its links lead.</summary>
internal sealed class CompiledShape
{
    public string? Sid { get; set; }

    public List<CompiledProperty> Properties { get; } = [];

    /// <summary>Link name -> path, with the names of this resource's own properties in the braces.</summary>
    public SortedDictionary<string, string> Links { get; } = new(StringComparer.Ordinal);

    /// <summary>How good the source of the links was: the fetch's example is best.</summary>
    public int LinkRank { get; set; }
}

/// <summary>One property; <paramref name="Nested"/> names the shape of an object, or of an array's items.</summary>
internal sealed record CompiledProperty(string Name, CompiledFacts Facts, string? Nested, bool IsRequired);
