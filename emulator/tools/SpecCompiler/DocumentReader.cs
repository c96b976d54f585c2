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
    private readonly Dictionary<string, CompiledShape> _shapes = new(StringComparer.Ordinal);

    private DocumentReader(JsonElement root)
    {
        _root = root;
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
        foreach (var path in _root.GetProperty("paths").EnumerateObject())
        {
            if (path.Value.TryGetProperty("servers", out var servers)) host = new Uri(servers[0].GetProperty("url").GetString()!).Host.Split('.')[0];
            foreach (var method in Methods)
            {
                if (path.Value.TryGetProperty(method, out var operation)) operations.Add(Operation(path, method, operation));
            }
        }
        if (host.Length == 0) host = new Uri(_root.GetProperty("servers")[0].GetProperty("url").GetString()!).Host.Split('.')[0];
        return new CompiledDocument(name, hash, host, operations, _shapes);
    }

    private CompiledOperation Operation(JsonProperty path, string method, JsonElement operation)
    {
        var success = operation.GetProperty("responses").EnumerateObject().First(r => r.Name[0] is '2' or '3');
        var schema = success.Value.TryGetProperty("content", out var content) && content.TryGetProperty("application/json", out var json)
            ? json.GetProperty("schema")
            : default;
        var (page, key, item) = ListOf(path.Name, method, schema);
        var shape = item.ValueKind == JsonValueKind.Undefined ? schema : item;
        return new CompiledOperation(
            operation.GetProperty("operationId").GetString()!,
            method.ToUpperInvariant(),
            path.Name,
            KindOf(path, method, success.Name, page, shape),
            int.Parse(success.Name),
            operation.TryGetProperty("security", out var security) && security.GetArrayLength() == 0,
            shape.ValueKind == JsonValueKind.Undefined ? null : Shape(operation, shape, path.Value),
            BodyOf(operation),
            page,
            key,
            [.. Parameters(operation)]);
    }

    private string KindOf(JsonProperty path, string method, string status, string? page, JsonElement shape)
    {
        var isInstance = path.Value.TryGetProperty("x-twilio", out var x) && x.TryGetProperty("pathType", out var type)
            ? type.GetString() == "instance"
            : path.Name.TrimEnd('/').Replace(".json", "", StringComparison.Ordinal).EndsWith('}');
        if (status[0] == '3') return "action";
        return method switch
        {
            "get" => page is not null ? "list" : "fetch",
            "delete" => "delete",
            _ when isInstance => "update",
            // A create answers with a thing that can be told from others; what has no key of its own is an action.
            _ => HasKey(shape) ? "create" : "action",
        };
    }

    private bool HasKey(JsonElement shape) =>
        shape.ValueKind != JsonValueKind.Undefined
        && Resolve(shape).TryGetProperty("properties", out var properties)
        && (properties.TryGetProperty("sid", out _) || properties.TryGetProperty("message_sid", out _) || properties.TryGetProperty("id", out _)
            || (properties.TryGetProperty("call_sid", out _) && properties.TryGetProperty("conference_sid", out _)));

    private static string? BodyOf(JsonElement operation)
    {
        if (!operation.TryGetProperty("requestBody", out var body)) return null;
        var type = body.GetProperty("content").EnumerateObject().First().Name;
        return type == "application/x-www-form-urlencoded" ? "form" : "json";
    }

    private (string? Page, string? Key, JsonElement Item) ListOf(string path, string method, JsonElement schema)
    {
        if (method != "get" || schema.ValueKind == JsonValueKind.Undefined) return default;
        var resolved = Resolve(schema);
        if (!resolved.TryGetProperty("properties", out var properties)) return default;
        var isClassic = properties.TryGetProperty("first_page_uri", out _);
        var hasMeta = properties.TryGetProperty("meta", out var meta);
        var isSingle = path.Contains(SinglePageCollection, StringComparison.Ordinal);
        if (!isClassic && !hasMeta && !isSingle) return default;
        foreach (var property in properties.EnumerateObject())
        {
            if (property.Name == "meta" || !property.Value.TryGetProperty("items", out var item)) continue;
            var page = isSingle ? "single"
                : isClassic ? "classic"
                : Resolve(meta).TryGetProperty("properties", out var m) && m.TryGetProperty("nextToken", out _) ? "token" : "meta";
            return (page, property.Name, item);
        }
        return default;
    }

    private IEnumerable<CompiledParameter> Parameters(JsonElement operation)
    {
        if (operation.TryGetProperty("parameters", out var parameters))
        {
            foreach (var listed in parameters.EnumerateArray())
            {
                var p = Resolve(listed);
                var isRequired = p.TryGetProperty("required", out var r) && r.GetBoolean();
                yield return new CompiledParameter(
                    p.GetProperty("name").GetString()!, p.GetProperty("in").GetString()!, isRequired, Resolve(p.GetProperty("schema")));
            }
        }
        if (BodyOf(operation) != "form") yield break;
        var schema = Resolve(operation.GetProperty("requestBody").GetProperty("content").EnumerateObject().First().Value.GetProperty("schema"));
        if (!schema.TryGetProperty("properties", out var properties)) yield break;
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(n => n.GetString()).ToHashSet() : [];
        foreach (var p in properties.EnumerateObject()) yield return new CompiledParameter(p.Name, "form", required.Contains(p.Name), Resolve(p.Value));
    }

    private string Shape(JsonElement operation, JsonElement schema, JsonElement path)
    {
        var name = schema.TryGetProperty("$ref", out var reference)
            ? reference.GetString()!.Split('/')[^1]
            : operation.GetProperty("operationId").GetString()! + "Response";
        if (_shapes.TryGetValue(name, out var known) && known.Links.Count > 0) return name;
        var resolved = Resolve(schema);
        var properties = resolved.TryGetProperty("properties", out var p)
            ? p.EnumerateObject().Select(x => KeyValuePair.Create(x.Name, Resolve(x.Value))).ToList()
            : [];
        var sid = properties.Where(x => x.Key == "sid").Select(x => CatalogWriter.SidOf(x.Value)).FirstOrDefault();
        _shapes[name] = new CompiledShape(sid, properties, Links(path));
        return name;
    }

    /// <summary>Link name -> path, with the names of this resource's own properties in the braces.</summary>
    private static Dictionary<string, string> Links(JsonElement path)
    {
        var links = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!path.TryGetProperty("x-twilio", out var x) || !x.TryGetProperty("dependentProperties", out var dependents)) return links;
        foreach (var dependent in dependents.EnumerateObject())
        {
            var url = dependent.Value.GetProperty("resource_url").GetString()!;
            foreach (var map in dependent.Value.GetProperty("mapping").EnumerateObject())
            {
                // Marked first, so that a mapping never rewrites what another one put there.
                url = url.Replace($"{{{map.Name}}}", $"<{map.Value.GetString()}>", StringComparison.Ordinal);
            }
            links[dependent.Name] = url.Replace('<', '{').Replace('>', '}');
        }
        return links;
    }

    private JsonElement Resolve(JsonElement schema)
    {
        while (schema.TryGetProperty("$ref", out var reference))
        {
            schema = reference.GetString()!.Split('/')[1..].Aggregate(_root, (at, name) => at.GetProperty(name));
        }
        return schema;
    }
}
