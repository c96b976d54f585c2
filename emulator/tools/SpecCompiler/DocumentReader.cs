using System.Security.Cryptography;
using System.Text.Json;

namespace SpecCompiler;

/// <summary>Reads one OpenAPI document and keeps its facts, no prose.</summary>
internal sealed class DocumentReader
{
    private static readonly string[] Methods = ["get", "post", "put", "patch", "delete"];

    // twilio.com/docs/usage/twilios-response: these searches answer with one page of at most 30 numbers, whatever the document says.
    private const string SinglePageCollection = "/AvailablePhoneNumbers";

    private readonly JsonElement _root;
    private readonly JsonElement _paths;
    private readonly ShapeReader _shapes;

    private DocumentReader(JsonElement root)
    {
        _root = root;
        _paths = root.GetProperty("paths");
        _shapes = new ShapeReader(root);
    }

    public static CompiledDocument Read(string name, byte[] bytes)
    {
        using var json = JsonDocument.Parse(bytes);
        return new DocumentReader(json.RootElement.Clone()).Compile(name, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    private CompiledDocument Compile(string name, string hash)
    {
        var operations = new List<CompiledOperation>();
        var host = "";
        foreach (var path in _paths.EnumerateObject())
        {
            if (path.Value.TryGetProperty("servers", out var servers)) host = new Uri(servers[0].GetProperty("url").GetString()!).Host.Split('.')[0];
            foreach (var method in Methods)
            {
                if (path.Value.TryGetProperty(method, out var operation)) operations.Add(Operation(path, method, operation));
            }
        }
        if (host.Length == 0) host = new Uri(_root.GetProperty("servers")[0].GetProperty("url").GetString()!).Host.Split('.')[0];
        return new CompiledDocument(name, hash, host, operations, _shapes.Shapes);
    }

    private CompiledOperation Operation(JsonProperty path, string method, JsonElement operation)
    {
        var id = operation.GetProperty("operationId").GetString()!;
        var success = operation.GetProperty("responses").EnumerateObject().First(r => r.Name[0] is '2' or '3');
        var (type, media) = ContentOf(success.Value);
        var schema = media is { } m && m.TryGetProperty("schema", out var s) ? s : default;
        var (page, key, item) = ListOf(path.Name, method, schema);
        var shown = item.ValueKind == JsonValueKind.Undefined ? schema : item;
        var kind = KindOf(path, method, success.Name, page);
        string? shape = null;
        if (shown.ValueKind != JsonValueKind.Undefined)
        {
            shape = _shapes.Read(shown, id + "Response");
            LinkReader.Read(_shapes.Shapes[shape], path, kind, Example(media!.Value, key));
        }
        var (bodyType, body) = operation.TryGetProperty("requestBody", out var requestBody) ? ContentOf(requestBody) : default;
        return new CompiledOperation(id, method.ToUpperInvariant(), path.Name)
        {
            Kind = kind,
            Status = int.Parse(success.Name),
            IsOpen = operation.TryGetProperty("security", out var security) && security.GetArrayLength() == 0,
            Shape = shape,
            Body = bodyType switch { null => null, "application/x-www-form-urlencoded" => "form", _ => "json" },
            BodyShape = bodyType is not (null or "application/x-www-form-urlencoded") ? _shapes.Read(body!.Value.GetProperty("schema"), id + "Request") : null,
            ContentType = type is "application/json" ? null : type,
            Page = page,
            ListKey = key,
            Parameters = [.. Parameters(operation, bodyType, body)],
        };
    }

    /// <summary>A POST beside a fetch changes the one thing there; one beside a list, or over instances, makes a new thing; any other does something.</summary>
    private string KindOf(JsonProperty path, string method, string status, string? page)
    {
        if (status[0] == '3') return "action";
        if (method == "get") return page is not null ? "list" : "fetch";
        if (method == "delete") return "delete";
        var isInstance = WithoutExtension(path.Name).EndsWith('}');
        if (isInstance) return "update";
        if (!path.Value.TryGetProperty("get", out var get)) return HasInstances(path.Name) ? "create" : "action";
        return ListOf(path.Name, "get", SchemaOf(get)).Page is not null ? "create" : "update";
    }

    private bool HasInstances(string path)
    {
        var list = Form(path) + "/{}";
        return _paths.EnumerateObject().Any(p => Form(p.Name) == list);
    }

    private JsonElement SchemaOf(JsonElement operation)
    {
        var success = operation.GetProperty("responses").EnumerateObject().First(r => r.Name[0] is '2' or '3');
        return ContentOf(success.Value).Media is { } media && media.TryGetProperty("schema", out var schema) ? schema : default;
    }

    private static (string? Type, JsonElement? Media) ContentOf(JsonElement body)
    {
        if (!body.TryGetProperty("content", out var content)) return default;
        foreach (var media in content.EnumerateObject()) return (media.Name, media.Value);
        return default;
    }

    private (string? Page, string? Key, JsonElement Item) ListOf(string path, string method, JsonElement schema)
    {
        if (method != "get" || schema.ValueKind == JsonValueKind.Undefined) return default;
        var resolved = _shapes.Resolve(schema);
        if (!resolved.TryGetProperty("properties", out var properties)) return default;
        // A thing may have members of these names as well; a list at an instance's path has nothing else.
        if (WithoutExtension(path).EndsWith('}') && properties.EnumerateObject().Count() > 2) return default;
        var style = path.Contains(SinglePageCollection, StringComparison.Ordinal) ? "single"
            : properties.TryGetProperty("first_page_uri", out _) ? "classic"
            : properties.TryGetProperty("totalResults", out _) ? "scim"
            : properties.TryGetProperty("total_elements", out _) ? "counted"
            : !properties.TryGetProperty("meta", out var meta) ? null
            : _shapes.Resolve(meta).TryGetProperty("properties", out var m) && m.TryGetProperty("next_token", out _) ? "token"
            : "meta";
        if (style is null) return default;
        foreach (var property in properties.EnumerateObject())
        {
            if (property.Name is not ("meta" or "schemas") && _shapes.Resolve(property.Value).TryGetProperty("items", out var item))
            {
                return (style, property.Name, item);
            }
        }
        return default;
    }

    /// <summary>The resource in an answer's first example; of a list, its first item.</summary>
    private static JsonElement? Example(JsonElement media, string? key)
    {
        if (!media.TryGetProperty("examples", out var examples)) return null;
        foreach (var example in examples.EnumerateObject())
        {
            if (!example.Value.TryGetProperty("value", out var value) || value.ValueKind != JsonValueKind.Object) continue;
            if (key is null) return value;
            if (value.TryGetProperty(key, out var items) && items.ValueKind == JsonValueKind.Array && items.GetArrayLength() > 0) return items[0];
        }
        return null;
    }

    private IEnumerable<CompiledParameter> Parameters(JsonElement operation, string? bodyType, JsonElement? body)
    {
        if (operation.TryGetProperty("parameters", out var parameters))
        {
            foreach (var listed in parameters.EnumerateArray())
            {
                var p = _shapes.Resolve(listed);
                var isRequired = p.TryGetProperty("required", out var r) && r.GetBoolean();
                yield return Parameter(p.GetProperty("name").GetString()!, p.GetProperty("in").GetString()!, isRequired, p.GetProperty("schema"));
            }
        }
        if (bodyType != "application/x-www-form-urlencoded") yield break;
        var schema = _shapes.Resolve(body!.Value.GetProperty("schema"));
        if (!schema.TryGetProperty("properties", out var properties)) yield break;
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(n => n.GetString()).ToHashSet() : [];
        foreach (var p in properties.EnumerateObject()) yield return Parameter(p.Name, "form", required.Contains(p.Name), p.Value);
    }

    private CompiledParameter Parameter(string name, string place, bool isRequired, JsonElement schema)
    {
        var facts = _shapes.FactsOf(schema);
        return new CompiledParameter(name, place, isRequired, facts, Documented.Default(facts.Schema), Documented.MaxLength(facts.Schema));
    }

    private static string WithoutExtension(string path) => path.EndsWith(".json", StringComparison.Ordinal) ? path[..^5] : path;

    private static string Form(string path) => string.Join('/', WithoutExtension(path).Split('/').Select(s => s.StartsWith('{') ? "{}" : s));
}
