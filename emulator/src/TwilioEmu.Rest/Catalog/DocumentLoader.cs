using System.Text.Json;

namespace TwilioEmu.Rest.Catalog;

/// <summary>Reads one catalog file.</summary>
/// <remarks>By hand, because start-up pays for it: a document of 197 operations loads in a few milliseconds.</remarks>
internal static class DocumentLoader
{
    public static CatalogDocument Load(Stream stream)
    {
        using var json = JsonDocument.Parse(stream);
        var root = json.RootElement;
        var name = root.GetProperty("document").GetString()!;
        var shapes = new Dictionary<string, Shape>(StringComparer.Ordinal);
        foreach (var shape in root.GetProperty("shapes").EnumerateObject()) shapes.Add(shape.Name, ReadShape(shape));
        var operations = root.GetProperty("operations");
        var read = new List<Operation>(operations.GetArrayLength());
        foreach (var operation in operations.EnumerateArray()) read.Add(ReadOperation(operation, name, shapes));
        return new CatalogDocument(name, root.GetProperty("host").GetString()!, read);
    }

    private static Shape ReadShape(JsonProperty json)
    {
        var properties = new List<Property>();
        foreach (var property in json.Value.GetProperty("properties").EnumerateArray())
        {
            properties.Add(new Property(property.GetProperty("name").GetString()!, ReadFacts(property)));
        }
        var links = new List<KeyValuePair<string, string>>();
        if (json.Value.TryGetProperty("links", out var linked))
        {
            foreach (var link in linked.EnumerateObject()) links.Add(KeyValuePair.Create(link.Name, link.Value.GetString()!));
        }
        return new Shape(json.Name, Prefixes(json.Value), properties, links);
    }

    private static Operation ReadOperation(JsonElement json, string document, Dictionary<string, Shape> shapes)
    {
        var path = json.GetProperty("path").GetString()!;
        var parameters = new List<Parameter>();
        foreach (var parameter in json.GetProperty("parameters").EnumerateArray())
        {
            var place = parameter.GetProperty("in").GetString() switch
            {
                "path" => ParameterPlace.Path,
                "query" => ParameterPlace.Query,
                "form" => ParameterPlace.Form,
                "header" => ParameterPlace.Header,
                var other => throw new InvalidDataException($"a parameter cannot be in '{other}'"),
            };
            var isRequired = place == ParameterPlace.Path || (parameter.TryGetProperty("required", out var r) && r.GetBoolean());
            parameters.Add(new Parameter(parameter.GetProperty("name").GetString()!, place, ReadFacts(parameter), isRequired));
        }
        return new Operation(json.GetProperty("id").GetString()!)
        {
            Document = document,
            Method = json.GetProperty("method").GetString()!,
            Path = path,
            Kind = json.GetProperty("kind").GetString() switch
            {
                "action" => OperationKind.Action,
                "create" => OperationKind.Create,
                "delete" => OperationKind.Delete,
                "fetch" => OperationKind.Fetch,
                "list" => OperationKind.List,
                "update" => OperationKind.Update,
                var other => throw new InvalidDataException($"no operation is of kind '{other}'"),
            },
            IsOpen = json.TryGetProperty("open", out _),
            Status = json.GetProperty("status").GetInt32(),
            Shape = json.TryGetProperty("shape", out var shape) ? shapes[shape.GetString()!] : null,
            Body = Text(json, "body") switch { "form" => BodyKind.Form, "json" => BodyKind.Json, _ => BodyKind.None },
            Page = Text(json, "page") switch
            {
                "classic" => PageStyle.Classic,
                "meta" => PageStyle.Meta,
                "single" => PageStyle.Single,
                "token" => PageStyle.Token,
                _ => PageStyle.None,
            },
            ListKey = Text(json, "key"),
            Parameters = parameters,
            PathNames = NamesIn(path),
        };
    }

    private static ValueFacts ReadFacts(JsonElement json) => new()
    {
        Type = Text(json, "type") switch
        {
            null or "string" => ValueType.String,
            "boolean" => ValueType.Boolean,
            "integer" => ValueType.Integer,
            "number" => ValueType.Number,
            "object" => ValueType.Object,
            _ => ValueType.Any,
        },
        IsArray = json.TryGetProperty("array", out var array) && array.GetBoolean(),
        Format = Text(json, "format"),
        SidPrefixes = Prefixes(json),
        Words = json.TryGetProperty("enum", out var words) ? [.. words.EnumerateArray().Select(w => w.GetString()!)] : [],
        Pattern = Text(json, "pattern"),
        MinLength = Number(json, "minLength"),
        MaxLength = Number(json, "maxLength"),
        Minimum = Number(json, "minimum"),
        Maximum = Number(json, "maximum"),
        IsNullable = json.TryGetProperty("nullable", out var nullable) && nullable.GetBoolean(),
    };

    private static string[] Prefixes(JsonElement json) => Text(json, "sid") is { } sid ? sid.Split('|') : [];

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static long? Number(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetInt64() : null;

    private static string[] NamesIn(string path)
    {
        var names = new List<string>();
        for (var open = path.IndexOf('{'); open >= 0; open = path.IndexOf('{', open + 1)) names.Add(path[(open + 1)..path.IndexOf('}', open)]);
        return [.. names];
    }
}
