using System.Globalization;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using ValueType = TwilioEmu.Rest.Catalog.ValueType;

namespace TwilioEmu.Rest.Resources;

/// <summary>Fills a document from a create's parameters, its path, the clock and the mint; merges an update into one.</summary>
/// <remarks>Loop-confined: it mints.</remarks>
internal sealed class DocumentMaker(World world, ResourceLocator places, Relations relations)
{
    // Properties that tell where a thing is in its life; they begin with the schema's first word even where null is allowed.
    private static readonly string[] LifeProperties = ["status", "state", "assignment_status"];

    // Lists with numbered things; what is remembered of more of them than this is given up.
    private const int MaxIndexes = 100_000;

    private readonly Dictionary<(AccountSid Account, string List), int> _nextIndexes = [];
    private readonly ParameterValues _parameters = new(world, places);

    /// <summary>The document of a create, an upsert, a singleton, or an action's answer (which is not kept).</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="place">Where it will be.</param>
    /// <param name="key">Its key, where the path names it; null to take it from the parameters, or to mint one.</param>
    public Document Make(RestRequest request, ResourceAddress place, string? key)
    {
        var values = Begin(request, place);
        _parameters.TakeDefaults(request.Operation, values);
        _parameters.Take(request, values);
        if (request.Operation.KeptShape!.Find("secret") is not null) values["secret"] = world.Sids.NewSecret();
        key ??= KeyOf(request, place, values);
        return Finish(request.Operation, place, key, values);
    }

    /// <summary>A document of the properties in a JSON body, under the key that the path names.</summary>
    public Document MakePlanted(RestRequest request, ResourceAddress place)
    {
        var values = Begin(request, place);
        _parameters.Take(request, values);
        var identity = places.IdentityOf(request.Operation.Collection);
        // What is listed and never fetched has no key in its path, and a sid all the same.
        var named = values.GetValueOrDefault(identity.KeyProperty ?? "sid");
        return Finish(request.Operation, place, place.Key ?? named ?? Mint(identity), values);
    }

    /// <summary>The document of something that was called by a name before it was made: the name goes where the shape has it.</summary>
    public Document MakeCalled(RestRequest request, ResourceAddress place)
    {
        var identity = places.IdentityOf(request.Operation.Collection);
        var called = place.Key!;
        var isName = called != ResourceAddress.Only && identity is { KeyProperty: "sid", Key.SidPrefixes.Count: > 0 }
            && !SidMint.IsSid(called);
        if (!isName) return Make(request, place, called);
        var document = Make(request, place, Blank.SidOf(identity.Key.SidPrefixes[0], place.Table + called));
        if (identity.AliasProperty is not { } property) return document;
        return document with
        {
            Alias = called,
            Values = new Dictionary<string, string>(document.Values, StringComparer.Ordinal) { [property] = called },
        };
    }

    /// <summary>A document of given properties, for what comes of something else.</summary>
    public Document Make(RestRequest request, Operation shaped, ResourceAddress place, IEnumerable<KeyValuePair<string, string>> given)
    {
        var values = Begin(request, place, shaped);
        foreach (var (name, value) in given) values[name] = value;
        var identity = places.IdentityOf(shaped.Collection);
        var key = identity.KeyProperty is { } property && values.TryGetValue(property, out var named) ? named : Mint(identity);
        return Finish(shaped, place, key, values);
    }

    /// <summary>A document with an update's parameters in it.</summary>
    public Document Merge(RestRequest request, Document document)
    {
        var values = new Dictionary<string, string>(document.Values, StringComparer.Ordinal);
        _parameters.Take(request, values);
        var changed = Changed(request.Operation, document, values);
        // What moves in from elsewhere brings its dates along (twilio.com/docs/conversations/api/conversation-resource).
        if (request.Form["DateUpdated"] is { Length: > 0 } given && values.ContainsKey("date_updated")) values["date_updated"] = given;
        return changed;
    }

    /// <summary>A document with given properties in it.</summary>
    public Document Change(Operation operation, Document document, IEnumerable<KeyValuePair<string, string>> given)
    {
        var values = new Dictionary<string, string>(document.Values, StringComparer.Ordinal);
        foreach (var (name, value) in given) values[name] = value;
        return Changed(operation, document, values);
    }

    private Document Changed(Operation operation, Document document, Dictionary<string, string> values)
    {
        var now = TwilioDates.ToIso8601(world.Clock.GetUtcNow());
        foreach (var name in (ReadOnlySpan<string>)["date_updated", "dateUpdated", "updated_date"])
        {
            if (values.ContainsKey(name)) values[name] = now;
        }
        if (values.TryGetValue("revision", out var revision)
            && int.TryParse(revision, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            values["revision"] = (number + 1).ToString(CultureInfo.InvariantCulture);
        }
        var alias = places.IdentityOf(operation.Collection).AliasProperty;
        return document with
        {
            Values = values,
            Version = document.Version + 1,
            Alias = alias is null ? document.Alias : NotEmpty(values.GetValueOrDefault(alias)),
        };
    }

    private Dictionary<string, string> Begin(RestRequest request, ResourceAddress place, Operation? shaped = null)
    {
        var operation = shaped ?? request.Operation;
        var shape = operation.KeptShape!;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in shape.Properties)
        {
            if (DefaultOf(property) is { } value) values[property.Name] = value;
        }
        foreach (var (name, value) in relations.InitialOf(operation)) Set(shape, values, name, value);
        var now = TwilioDates.ToIso8601(world.Clock.GetUtcNow());
        foreach (var name in (ReadOnlySpan<string>)[
            "date_created", "date_updated", "dateCreated", "dateUpdated", "created_date", "updated_date"])
        {
            Set(shape, values, name, now);
        }
        Set(shape, values, "api_version", operation.IsClassic ? "2010-04-01" : null);
        // Parents: the path's variables, each with the key its parent really has.
        var segments = place.Path.Split('/');
        var template = operation.Collection.Path.Split('/');
        for (var i = 0; i < template.Length && i < segments.Length; i++)
        {
            if (!template[i].StartsWith('{')) continue;
            var name = template[i][1..^1];
            if (_parameters.TargetOf(shape, name) is { Members.Count: 0 } target && target.Property.Name is not ("sid" or "id"))
            {
                values[target.Property.Name] = segments[i];
            }
            if (name is "Sid" or "id" && i > 0 && shape.Find(SnakeCase.Of(Singular(template[i - 1])) + "_sid") is { } parent)
            {
                values[parent.Name] = segments[i];
            }
        }
        Set(shape, values, "account_sid", request.Account.Value);
        Set(shape, values, "accountSid", request.Account.Value);
        return values;
    }

    private Document Finish(Operation operation, ResourceAddress place, string key, Dictionary<string, string> values)
    {
        var shape = operation.KeptShape!;
        var collection = operation.Collection;
        var identity = places.IdentityOf(collection);
        if (identity.KeyProperty is { } property) Set(shape, values, property, key);
        if (shape.SidPrefixes.Count > 0 && !values.ContainsKey("sid")) values["sid"] = OwnSid(operation, place, key);
        var path = collection.KeyName is null ? place.Path : $"{place.Path}/{Uri.EscapeDataString(key)}";
        Set(shape, values, "uri", operation.IsClassic ? path + ".json" : path);
        Set(shape, values, "url", path);
        if (shape.Find("revision") is { } revision && !values.ContainsKey("revision"))
        {
            values["revision"] = revision.Facts.Type == ValueType.Integer ? "1" : "0";
        }
        return new Document(key, values) { Alias = identity.AliasProperty is { } alias ? NotEmpty(values.GetValueOrDefault(alias)) : null };
    }

    /// <summary>What there is one of has its parent's SID where that is of the same kind, else one that is always the same.</summary>
    private string OwnSid(Operation operation, ResourceAddress place, string key)
    {
        var prefixes = operation.KeptShape!.SidPrefixes;
        if (SidMint.IsSid(key, prefixes)) return key;
        if (!operation.Collection.IsSingleton) return world.Sids.New(prefixes[0]);
        foreach (var segment in place.Path.Split('/').Reverse())
        {
            if (SidMint.IsSid(segment, prefixes)) return segment;
        }
        return Blank.SidOf(prefixes[0], place.Table);
    }

    private string KeyOf(RestRequest request, ResourceAddress place, Dictionary<string, string> values)
    {
        var (operation, shape) = (request.Operation, request.Operation.KeptShape!);
        var identity = places.IdentityOf(operation.Collection);
        // A mapping has the SID of what it maps: the required SID parameter of the same kind.
        foreach (var parameter in operation.Parameters)
        {
            if (parameter is { Place: ParameterPlace.Form } && (parameter.IsRequired || parameter.Name == "Sid")
                && shape.SidPrefixes.Count > 0 && parameter.Facts.SidPrefixes.Contains(shape.SidPrefixes[0])
                && identity.KeyProperty is null or "sid" && request.Form[parameter.Name] is { } mapped)
            {
                return mapped;
            }
        }
        if (identity.Key.Type == ValueType.Integer) return NextIndex(request.Account, place.Table);
        if (identity.KeyProperty is { } property && property is not ("sid" or "id") && values.TryGetValue(property, out var key)
            && key.Length > 0)
        {
            return key;
        }
        return Mint(identity.KeyProperty is null && shape.SidPrefixes.Count > 0
            ? identity with { Key = shape.Find("sid")!.Facts }
            : identity);
    }

    private string Mint(Identity identity) =>
        identity.Key.SidPrefixes.Count > 0 ? world.Sids.New(identity.Key.SidPrefixes[0])
        : identity.Key.Pattern is { } pattern ? KeyPattern.Fill(pattern, world.Sids.NewSecret())
        : identity.KeyProperty is "id" or "report_id" ? world.Sids.NewUuid()
        : world.Sids.New("ZZ");

    /// <summary>One more than was ever given, though its bearer be gone (twilio.com/docs/sync/api/listitem-resource).</summary>
    private string NextIndex(AccountSid account, string list)
    {
        var next = _nextIndexes.GetValueOrDefault((account, list));
        foreach (var newest in places.Table(list, account).NewestFirst())
        {
            next = Math.Max(next, int.Parse(newest.Key, CultureInfo.InvariantCulture) + 1);
            break;
        }
        if (_nextIndexes.Count >= MaxIndexes) _nextIndexes.Clear();
        _nextIndexes[(account, list)] = next + 1;
        return next.ToString(CultureInfo.InvariantCulture);
    }

    private static string? DefaultOf(Property property) => property.Facts switch
    {
        { IsArray: true } => null,
        // Methods default to POST throughout (twilio.com/docs/phone-numbers/api/incomingphonenumber-resource and the documents' own words).
        { Format: "http-method" } => "POST",
        { Words.Count: > 0 } when !property.Facts.IsNullable || LifeProperties.Contains(property.Name) => property.Facts.Words[0],
        { IsNullable: true } => null,
        { Type: ValueType.Integer or ValueType.Number } => "0",
        _ => null,
    };

    private static string? NotEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private static string Singular(string plural) => plural.EndsWith('s') ? plural[..^1] : plural;

    private static void Set(Shape shape, Dictionary<string, string> values, string property, string? value)
    {
        if (value is not null && shape.Find(property) is not null) values[property] = value;
    }
}
