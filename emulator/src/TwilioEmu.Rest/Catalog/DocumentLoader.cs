using System.Globalization;

namespace TwilioEmu.Rest.Catalog;

/// <summary>Reads one catalog file: a line a fact, fields apart by tabs.</summary>
/// <remarks>
/// <c>shape name [sid=AA|BB]</c>, then its links <c>l name path</c> and properties <c>. name type facts</c>; then
/// <c>op id METHOD path kind status flags</c> and its parameters <c>f|q|p|h name type facts</c>. A type is s, b, i, n, o, a or
/// <c>@shape</c>, with [] for arrays, ! for required, ? for nullable. By hand, because start-up pays for it.
/// </remarks>
internal sealed class DocumentLoader
{
    private readonly Dictionary<string, Shape> _shapes = new(StringComparer.Ordinal);
    private readonly List<(Property Property, string Shape)> _nested = [];
    private readonly List<(Operation Operation, string? Shape, string? BodyShape)> _shaped = [];
    private readonly Dictionary<string, ValueFacts> _facts = new(StringComparer.Ordinal);
    private readonly List<Operation> _operations = [];
    private List<Property> _properties = [];
    private List<KeyValuePair<string, string>> _links = [];
    private List<Parameter> _parameters = [];
    private string _name = "";
    private string _host = "";

    public static CatalogDocument Load(Stream stream)
    {
        var loader = new DocumentLoader();
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line) loader.Read(line);
        return loader.Finish();
    }

    private CatalogDocument Finish()
    {
        foreach (var (property, shape) in _nested) property.Nested = _shapes[shape];
        foreach (var (operation, shape, bodyShape) in _shaped)
        {
            operation.Shape = shape is null ? null : _shapes[shape];
            operation.BodyShape = bodyShape is null ? null : _shapes[bodyShape];
        }
        return new CatalogDocument(_name, _host, _operations);
    }

    private void Read(string line)
    {
        if (line.Length == 0 || line[0] == '#') return;
        var fields = line.Split('\t');
        switch (fields[0])
        {
            case "document": (_name, _host) = (fields[1], fields[2]); break;
            case "shape": BeginShape(fields); break;
            case "l": _links.Add(KeyValuePair.Create(fields[1], fields[2])); break;
            case ".": AddProperty(fields); break;
            case "op": BeginOperation(fields); break;
            default: AddParameter(fields); break;
        }
    }

    private void BeginShape(string[] fields)
    {
        (_properties, _links) = ([], []);
        string[] prefixes = fields.Length > 2 ? fields[2]["sid=".Length..].Split('|') : [];
        _shapes.Add(fields[1], new Shape(fields[1], prefixes, _properties, _links));
    }

    private void AddProperty(string[] fields)
    {
        var facts = FactsOf(fields, out var nested);
        var property = new Property(fields[1], facts);
        _properties.Add(property);
        if (nested is not null) _nested.Add((property, nested));
    }

    private void BeginOperation(string[] fields)
    {
        _parameters = [];
        string? shape = null, bodyShape = null, contentType = null, key = null;
        var (body, page, isOpen) = (BodyKind.None, PageStyle.None, false);
        foreach (var field in fields.AsSpan(6))
        {
            var equals = field.IndexOf('=', StringComparison.Ordinal);
            var value = field[(equals + 1)..];
            switch (equals < 0 ? field : field[..equals])
            {
                case "open": isOpen = true; break;
                case "shape": shape = value; break;
                case "body": body = value == "form" ? BodyKind.Form : BodyKind.Json; break;
                case "json": bodyShape = value; break;
                case "type": contentType = value; break;
                case "key": key = value; break;
                case "page":
                    page = value switch
                    {
                        "classic" => PageStyle.Classic,
                        "meta" => PageStyle.Meta,
                        "single" => PageStyle.Single,
                        "token" => PageStyle.Token,
                        "scim" => PageStyle.Scim,
                        "counted" => PageStyle.Counted,
                        _ => throw new InvalidDataException($"there is no page style '{value}'"),
                    };
                    break;
                default: throw new InvalidDataException($"an operation has no '{field}'");
            }
        }
        var operation = new Operation(fields[1])
        {
            Document = _name,
            Method = fields[2],
            Path = fields[3],
            Kind = fields[4] switch
            {
                "action" => OperationKind.Action,
                "create" => OperationKind.Create,
                "delete" => OperationKind.Delete,
                "fetch" => OperationKind.Fetch,
                "list" => OperationKind.List,
                "update" => OperationKind.Update,
                var other => throw new InvalidDataException($"no operation is of kind '{other}'"),
            },
            Status = int.Parse(fields[5], CultureInfo.InvariantCulture),
            IsOpen = isOpen,
            Body = body,
            ContentType = contentType,
            Page = page,
            ListKey = key,
            Parameters = _parameters,
            PathNames = NamesIn(fields[3]),
        };
        _operations.Add(operation);
        _shaped.Add((operation, shape, bodyShape));
    }

    private void AddParameter(string[] fields)
    {
        var place = fields[0] switch
        {
            "p" => ParameterPlace.Path,
            "q" => ParameterPlace.Query,
            "f" => ParameterPlace.Form,
            "h" => ParameterPlace.Header,
            var other => throw new InvalidDataException($"a parameter cannot be in '{other}'"),
        };
        var facts = FactsOf(fields, out _);
        _parameters.Add(new Parameter(fields[1], place, facts, place == ParameterPlace.Path || facts.IsRequired));
    }

    /// <summary>Facts repeat a lot: equal texts share one.</summary>
    private ValueFacts FactsOf(string[] fields, out string? nested)
    {
        var type = fields[2].AsSpan();
        nested = type[0] == '@' ? type[1..].TrimEnd("[]!?").ToString() : null;
        var text = fields.Length == 3 ? fields[2] : string.Join('\t', fields, 2, fields.Length - 2);
        if (_facts.TryGetValue(text, out var known)) return known;
        var facts = new ValueFacts
        {
            Type = type[0] switch
            {
                's' => ValueType.String,
                'b' => ValueType.Boolean,
                'i' => ValueType.Integer,
                'n' => ValueType.Number,
                'o' or '@' => ValueType.Object,
                _ => ValueType.Any,
            },
            IsArray = fields[2].Contains("[]", StringComparison.Ordinal),
            IsRequired = fields[2].Contains('!', StringComparison.Ordinal),
            IsNullable = fields[2].EndsWith('?'),
        };
        foreach (var field in fields.AsSpan(3)) facts = With(facts, field);
        _facts.Add(text, facts);
        return facts;
    }

    private static ValueFacts With(ValueFacts facts, string field)
    {
        var equals = field.IndexOf('=', StringComparison.Ordinal);
        var value = field[(equals + 1)..];
        return field[..equals] switch
        {
            "fmt" => facts with { Format = value },
            "sid" => facts with { SidPrefixes = value.Split('|') },
            "in" => facts with { Words = value.Split('|') },
            "re" => facts with { Pattern = value },
            "def" => facts with { Default = value },
            "len" => facts with { MinLength = Bound(value, 0), MaxLength = Bound(value, 1) },
            "num" => facts with { Minimum = Bound(value, 0), Maximum = Bound(value, 1) },
            var other => throw new InvalidDataException($"a value has no '{other}'"),
        };
    }

    private static long? Bound(string range, int which) =>
        range.Split("..")[which] is { Length: > 0 } text
            ? long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : null;

    private static string[] NamesIn(string path)
    {
        var names = new List<string>();
        for (var open = path.IndexOf('{'); open >= 0; open = path.IndexOf('{', open + 1))
        {
            names.Add(path[(open + 1)..path.IndexOf('}', open)]);
        }
        return [.. names];
    }
}
