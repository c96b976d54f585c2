using System.Text.Json;

namespace SpecCompiler;

/// <summary>Turns schemas into shapes: every object with known members gets one, nested ones under a name of their own.</summary>
internal sealed class ShapeReader(JsonElement root)
{
    private const int MaxDepth = 6;

    private readonly Dictionary<string, CompiledShape> _shapes = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, CompiledShape> Shapes => _shapes;

    /// <summary>Follows references; of alternatives it takes the first.</summary>
    public JsonElement Resolve(JsonElement schema)
    {
        while (true)
        {
            if (schema.TryGetProperty("$ref", out var reference))
            {
                schema = reference.GetString()!.Split('/')[1..].Aggregate(root, (at, name) => at.GetProperty(name));
            }
            else if (schema.TryGetProperty("oneOf", out var alternatives))
            {
                schema = alternatives[0];
            }
            else
            {
                return schema;
            }
        }
    }

    /// <summary>A schema and its items', both resolved.</summary>
    public CompiledFacts FactsOf(JsonElement schema)
    {
        var resolved = Resolve(schema);
        return new CompiledFacts(resolved, resolved.TryGetProperty("items", out var items) ? Resolve(items) : default);
    }

    /// <summary>The name of a schema's shape, which is made when first asked for.</summary>
    public string Read(JsonElement schema, string nameless) => Read(schema, nameless, 0);

    private string Read(JsonElement schema, string nameless, int depth)
    {
        while (schema.TryGetProperty("oneOf", out var alternatives)) schema = alternatives[0];
        var name = schema.TryGetProperty("$ref", out var reference) ? reference.GetString()!.Split('/')[^1] : nameless;
        if (_shapes.ContainsKey(name)) return name;
        var shape = _shapes[name] = new CompiledShape();
        var resolved = Resolve(schema);
        if (!resolved.TryGetProperty("properties", out var properties)) return name;
        var required = resolved.TryGetProperty("required", out var r) ? r.EnumerateArray().Select(n => n.GetString()!).ToHashSet() : [];
        foreach (var property in properties.EnumerateObject())
        {
            var facts = FactsOf(property.Value);
            var inner = facts.Schema.TryGetProperty("items", out var items) ? items : property.Value;
            var nested = depth < MaxDepth && Resolve(inner).TryGetProperty("properties", out _) ? Read(inner, $"{name}.{property.Name}", depth + 1) : null;
            shape.Properties.Add(new CompiledProperty(property.Name, facts, nested, required.Contains(property.Name)));
            if (property.Name == "sid") shape.Sid = CatalogWriter.SidOf(facts.Schema);
        }
        return name;
    }
}
