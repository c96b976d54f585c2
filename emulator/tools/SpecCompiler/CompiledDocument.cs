using System.Text.Json;

namespace SpecCompiler;

/// <summary>The facts of one OpenAPI document, as they go to the catalog.</summary>
internal sealed record CompiledDocument(
    string Name, string InputHash, string Host, IReadOnlyList<CompiledOperation> Operations, IReadOnlyDictionary<string, CompiledShape> Shapes);

/// <summary>One operation; <paramref name="Kind"/> is list, create, fetch, update, delete or action.</summary>
internal sealed record CompiledOperation(
    string Id,
    string Method,
    string Path,
    string Kind,
    int Status,
    bool IsOpen,
    string? Shape,
    string? Body,
    string? Page,
    string? Key,
    IReadOnlyList<CompiledParameter> Parameters);

/// <summary>One parameter; <paramref name="Facts"/> is its resolved schema.</summary>
internal sealed record CompiledParameter(string Name, string In, bool IsRequired, JsonElement Facts);

/// <summary>The properties of a response in the schema's order, the prefix of its SID, and where its links lead.</summary>
internal sealed record CompiledShape(
    string? Sid, IReadOnlyList<KeyValuePair<string, JsonElement>> Properties, IReadOnlyDictionary<string, string> Links);
