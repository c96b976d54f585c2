using System.Collections;
using System.Reflection;
using System.Text.Json.Nodes;

namespace Strangers.Sweeping;

/// <summary>Fills the options of a class's methods: keys from what was met before, values by name and type.</summary>
internal sealed class Asking(Values values)
{
    private const string Path = "Path";

    // The resource each class goes by, for what lies below it.
    private readonly Dictionary<string, object> _met = [];

    public void Meet(Kind kind, object resource)
    {
        _met[kind.Path] = resource;
        values.Remember(Shown(resource, "Sid") as string);
    }

    public bool HasMet(Kind kind) => _met.ContainsKey(kind.Path);

    /// <summary>Options with what is required, and what sweep/values.json adds.</summary>
    /// <param name="kind">The class.</param>
    /// <param name="type">Of its options.</param>
    /// <param name="verb">As in sweep/values.json.</param>
    /// <param name="one">The resource meant; null for the one met.</param>
    /// <param name="all">Gives all there is to give.</param>
    /// <returns>Null when the keys are not known; else the options, and what was given by the name of each property.</returns>
    public (object Options, Dictionary<string, object> Given)? Fill(Kind kind, Type type, string verb, object? one = null, bool all = false)
    {
        var known = values.OfClass(kind.Path, verb);
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        var given = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        var arguments = new List<object?>();
        foreach (var parameter in constructor.GetParameters())
        {
            var value = IsPath(parameter.Name!) ? Key(kind, parameter.Name![Path.Length..], one, parameter.ParameterType) : Value(known, parameter.Name!, parameter.ParameterType) ?? values.Of(parameter.Name!, parameter.ParameterType);
            if (value is null && IsPath(parameter.Name!)) return null;
            arguments.Add(value);
            if (value is not null && !IsPath(parameter.Name!)) given[parameter.Name!] = value;
        }
        var options = constructor.Invoke([.. arguments]);
        foreach (var property in type.GetProperties().Where(p => p.CanWrite && p.SetMethod!.IsPublic && !IsPath(p.Name) && p.Name is not ("PageSize" or "Limit" or "Page")))
        {
            var isKnown = known.ContainsKey(Names.Plain(property.Name));
            if (!isKnown && !all) continue;
            var value = isKnown ? Value(known, property.Name, property.PropertyType) : values.Of(property.Name, property.PropertyType);
            if (value is null) continue;
            property.SetValue(options, value);
            given[property.Name] = value;
        }
        return (options, given);
    }

    /// <summary>What a resource shows under a name; null where it shows nothing.</summary>
    public static object? Shown(object resource, string name) => resource.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)?.GetValue(resource);

    /// <summary>A value as it travels.</summary>
    public static string Spelt(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        DateTime day => day.ToUniversalTime().ToString("yyyy-MM-dd", null),
        string text => text.Trim() is "True" ? "true" : text,
        Uri uri => uri.OriginalString,
        IDictionary or IList => Newtonsoft.Json.JsonConvert.SerializeObject(value),
        _ => value.ToString() ?? "",
    };

    private object? Value(IReadOnlyDictionary<string, JsonNode?> known, string name, Type type) =>
        known.TryGetValue(Names.Plain(name), out var node) && node is not null ? values.As(node, type, name) : null;

    private static bool IsPath(string name) => name.StartsWith(Path, StringComparison.OrdinalIgnoreCase) && name.Length > Path.Length && char.IsUpper(name[Path.Length]);

    /// <summary>A key of a path: of the resource itself, or of one it lies below.</summary>
    private object? Key(Kind kind, string name, object? one, Type type)
    {
        var own = one ?? _met.GetValueOrDefault(kind.Path);
        var plain = Names.Plain(name);
        for (var above = Above(kind.Path); above is not null; above = Above(above))
        {
            var last = above[(above.LastIndexOf('.') + 1)..];
            if (!_met.TryGetValue(above, out var parent) || !IsNamedBy(plain, last)) continue;
            if ((Shown(parent, "Sid") ?? Shown(parent, name) ?? Shown(parent, name[Math.Min(last.Length, name.Length)..]) ?? Shown(parent, "UniqueName") ?? Shown(parent, "Id")) is { } key) return Turned(key, type);
        }
        if (own is not null && (Shown(own, name) ?? (plain.EndsWith("sid", StringComparison.Ordinal) || plain == "sid" ? Shown(own, "Sid") : plain.EndsWith("id", StringComparison.Ordinal) ? Shown(own, "Id") : null)) is { } mine) return Turned(mine, type);
        if (values.KeysOf(kind.Path) is { Count: > 0 } keys && one is null) return Turned(keys[^1], type);
        // Of a class elsewhere, or one that is only named.
        return own is null && plain is "sid" or "id" ? null : Turned(values.Of(name, typeof(string))!, type);
    }

    private static bool IsNamedBy(string key, string name) => key.StartsWith(name, StringComparison.Ordinal) || (key.EndsWith("sid", StringComparison.Ordinal) && name.EndsWith(key[..^3], StringComparison.Ordinal) && key.Length > 3);

    private static string? Above(string path) => path.LastIndexOf('.') is > 0 and var dot ? path[..dot] : null;

    private object? Turned(object key, Type type) => type.IsInstanceOfType(key) ? key : type == typeof(string) ? Spelt(key) : values.As(JsonValue.Create(Spelt(key)), type, "");
}
