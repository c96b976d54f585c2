using TwilioEmu.Rest.Catalog;

namespace TwilioEmu.Rest.Errors;

/// <summary>The codes that products have declared for their APIs.</summary>
/// <remarks>Filled at composition, read from any thread afterwards.</remarks>
internal sealed class ApiCodeBook
{
    private const int Unknown = 20001;

    private readonly Dictionary<string, List<ApiCodes>> _byDocument = new(StringComparer.Ordinal);

    /// <summary>Operations that declared rows name and no document has: slips, for a test to find.</summary>
    public IEnumerable<(string Document, string Id)> Named =>
        _byDocument.SelectMany(d => d.Value.SelectMany(
            c => c.OwnChecks.Concat(c.Known.Select(k => k.OperationId)).Select(id => (d.Key, id))));

    public void Add(ApiCodes codes)
    {
        if (!_byDocument.TryGetValue(codes.Document, out var rows)) _byDocument.Add(codes.Document, rows = []);
        rows.Add(codes);
    }

    /// <summary>True when the behaviour checks its parameters itself.</summary>
    public bool ChecksItself(Operation operation)
    {
        foreach (var codes in Of(operation.Document)) if (codes.OwnChecks.Contains(operation.Id)) return true;
        return false;
    }

    /// <summary>True for a parameter that the operation has besides those of its document.</summary>
    public bool Knows(Operation operation, string parameter)
    {
        foreach (var codes in Of(operation.Document)) if (codes.Known.Contains((operation.Id, parameter))) return true;
        return false;
    }

    /// <summary>The code of a parameter that is missing or wrong.</summary>
    public int CodeOf(Operation operation, Parameter parameter, bool isMissing = false)
    {
        var usual = Unknown;
        foreach (var codes in Of(operation.Document))
        {
            foreach (var row in codes.Parameters)
            {
                if (row.Resource is not null && row.Resource != operation.Shape?.ShortName) continue;
                if (row.Parameter == parameter.Name || (row.Format is not null && row.Format == parameter.Facts.Format)) return isMissing
                    ? row.Missing ?? row.Code : row.Code;
            }
            if (usual == Unknown && codes.Invalid is { } invalid) usual = invalid;
        }
        return usual;
    }

    /// <summary>A wrong value as the API tells it; null for the usual words.</summary>
    public string? WordsOf(string document, int code, string parameter, string value)
    {
        foreach (var codes in Of(document)) if (codes.Invalid == code && codes.InvalidWords is { } words) return words(parameter, value);
        return null;
    }

    /// <summary>The refusal of a value that the API does not know.</summary>
    public TwilioError Invalid(string document, string message)
    {
        foreach (var codes in Of(document)) if (codes.Invalid is { } invalid) return new TwilioError(invalid, 400, message);
        return TwilioError.BadRequest(Unknown, message);
    }

    /// <summary>The refusal of a create or a renaming.</summary>
    public TwilioError Taken(string document, string name)
    {
        foreach (var codes in Of(document))
        {
            if (codes.Taken is var (code, status)) return new TwilioError(code, status, $"Unique name '{name}' already exists");
        }
        return ErrorCodes.Error(20409, $"{name} is here already");
    }

    /// <summary>The refusal of a failed <c>If-Match</c>.</summary>
    public TwilioError Stale(string document)
    {
        foreach (var codes in Of(document)) if (codes.Stale is { } stale) return stale;
        return ErrorCodes.Error(20412);
    }

    private List<ApiCodes> Of(string document) => _byDocument.TryGetValue(document, out var rows) ? rows : Nothing;

    private static List<ApiCodes> Nothing { get; } = [];
}
