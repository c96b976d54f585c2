using System.Collections;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Strangers.Sweeping;

/// <summary>Fills the options of a class's methods: keys from what was met before, values by name and type.</summary>
internal sealed class Asking(Values values, string account)
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
        // All that can be given includes what must be.
        var known = all ? Merged(values.OfClass(kind.Path, verb == "whole" ? "create" : "update"), values.OfClass(kind.Path, verb)) : values.OfClass(kind.Path, verb);
        var constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        var given = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        var arguments = new List<object?>();
        foreach (var parameter in constructor.GetParameters())
        {
            var value = IsPath(parameter.Name!) ? Key(kind, parameter.Name![Path.Length..], Place(constructor, parameter), one, parameter.ParameterType)
                : Values.IsModel(parameter.ParameterType) && known.Count > 0 ? Model(kind, parameter.ParameterType, known)
                : Value(known, parameter.Name!, parameter.ParameterType) ?? values.Of(parameter.Name!, parameter.ParameterType);
            if (value is null && IsPath(parameter.Name!)) return null;
            arguments.Add(value);
            if (value is not null && !IsPath(parameter.Name!)) given[parameter.Name!] = value;
        }
        var options = constructor.Invoke([.. arguments]);
        // An account's own key may be left out, and then means the one that asks.
        if (type.GetProperty("PathSid") is { CanWrite: true } sid && (one ?? _met.GetValueOrDefault(kind.Path)) is { } meant && Shown(meant, "Sid") is string own) sid.SetValue(options, own);
        foreach (var property in type.GetProperties().Where(p => p.CanWrite && p.SetMethod!.IsPublic && !IsPath(p.Name) && p.Name is not ("PageSize" or "Limit" or "Page" or "Authorization")))
        {
            var isKnown = known.ContainsKey(Names.Plain(property.Name));
            var isBody = Values.IsModel(property.PropertyType) && known.Count > 0;
            if (!isKnown && !isBody && !all) continue;
            var value = isBody && !isKnown ? Model(kind, property.PropertyType, known) : isKnown ? Value(known, property.Name, property.PropertyType) : values.Of(property.Name, property.PropertyType);
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

    /// <summary>A body: what is known of it, and all else but what may not be said beside it.</summary>
    private object? Model(Kind kind, Type type, IReadOnlyDictionary<string, JsonNode?> known) => values.Model(type, Merged(values.OfClass(kind.Path, "whole"), known));

    private object? Value(IReadOnlyDictionary<string, JsonNode?> known, string name, Type type) =>
        known.TryGetValue(Names.Plain(name), out var node) && node is not null ? values.As(node, type, name) : null;

    private static bool IsPath(string name) => name.StartsWith(Path, StringComparison.OrdinalIgnoreCase) && name.Length > Path.Length && char.IsUpper(name[Path.Length]);

    /// <summary>A key of a path: of the resource itself, of one it lies below, or of one beside it; null where none of those was met.</summary>
    private object? Key(Kind kind, string name, (int Index, int Count) place, object? one, Type type)
    {
        var plain = Names.Plain(name);
        var own = one ?? _met.GetValueOrDefault(kind.Path);
        // 1. Of what it lies below.
        for (var above = Above(kind.Path); above is not null; above = Above(above))
        {
            var last = above[(above.LastIndexOf('.') + 1)..];
            var isNamed = IsNamedBy(plain, last);
            if (!_met.TryGetValue(above, out var parent))
            {
                if (isNamed && values.KeysOf(above) is { Count: > 0 } given) return Turned(given[^1], type);
                if (isNamed && Kind.All.Any(k => k.Path == above)) return null;
                continue;
            }
            if (isNamed && (Shown(parent, "Sid") ?? Shown(parent, name) ?? Shown(parent, name[Math.Min(last.Length, name.Length)..]) ?? Shown(parent, "UniqueName") ?? Shown(parent, "Id")) is { } key) return Turned(key, type);
            if (plain != "sid" && Shown(parent, name) is string shown) return Turned(shown, type);
        }
        // 2. Its own.
        if (own is not null && (Shown(own, name) ?? (plain.EndsWith("sid", StringComparison.Ordinal) ? Shown(own, "Sid") : plain.EndsWith("id", StringComparison.Ordinal) ? Shown(own, "Id") : null)) is { } mine) return Turned(mine, type);
        if (values.KeysOf(kind.Path) is { Count: > 0 } keys && place.Index - (place.Count - keys.Count) is >= 0 and var at) return Turned(keys[at], type);
        // 3. Of a class beside it, or one that is only named: a country, a number, an account.
        var wanted = Regex.Replace(plain, "sid$", "");
        if (wanted.Length > 0 && _met.FirstOrDefault(m => m.Key.StartsWith(kind.Product + ".", StringComparison.Ordinal) && m.Key.EndsWith("." + Names.PlainPath(wanted), StringComparison.Ordinal)).Value is { } sibling && Shown(sibling, "Sid") is { } sid) return Turned(sid, type);
        if (plain is "accountsid") return Turned(account, type);
        return values.IsNamed(plain) ? Turned(values.Of(name, typeof(string))!, type) : null;
    }

    private static (int Index, int Count) Place(ConstructorInfo constructor, ParameterInfo parameter)
    {
        var paths = constructor.GetParameters().Where(p => IsPath(p.Name!)).ToList();
        return (paths.IndexOf(parameter), paths.Count);
    }

    private static Dictionary<string, JsonNode?> Merged(IReadOnlyDictionary<string, JsonNode?> less, IReadOnlyDictionary<string, JsonNode?> more)
    {
        var all = new Dictionary<string, JsonNode?>(less);
        foreach (var (name, value) in more) all[name] = value;
        return all;
    }

    private static bool IsNamedBy(string key, string name) => key.StartsWith(name, StringComparison.Ordinal) || (key.EndsWith("sid", StringComparison.Ordinal) && name.EndsWith(key[..^3], StringComparison.Ordinal) && key.Length > 3);

    private static string? Above(string path) => path.LastIndexOf('.') is > 0 and var dot ? path[..dot] : null;

    private object? Turned(object key, Type type) => type.IsInstanceOfType(key) ? key : type == typeof(string) ? Spelt(key) : values.As(JsonValue.Create(Spelt(key)), type, "");
}
