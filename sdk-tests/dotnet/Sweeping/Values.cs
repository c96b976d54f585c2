using System.Collections;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Twilio.Types;

namespace Strangers.Sweeping;

/// <summary>A valid value for every parameter: what sweep/values.json knows of it, else what the SDK's types say of it.</summary>
internal sealed class Values(string number, string client, string secret)
{
    private const int MaxDepth = 5;

    // What this SDK calls a text is a whole number to the API.
    private static readonly Regex Numeric = new(
        "(index|ttl|timeout|interval|size|length|limit|priority|count|window|period|capacity|version|skew|step|max|seconds|workers|radius|offset|duration|delay|weight|port|price|amount|members|participants|attempt|channels|replayafter)$");

    private static readonly JsonObject Known = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "sweep", "values.json")))!.AsObject();
    private static readonly Dictionary<string, JsonNode?> Classes = Known["classes"]!.AsObject().ToDictionary(p => Names.PlainPath(p.Key), p => p.Value);
    private static readonly Dictionary<string, JsonNode?> KeysKnown = Known["keys"]!.AsObject().ToDictionary(p => Names.PlainPath(p.Key), p => p.Value);
    private static readonly Dictionary<string, JsonNode?> Times = Known["settles"]!.AsObject().ToDictionary(p => Names.PlainPath(p.Key), p => p.Value);

    private readonly Dictionary<string, string> _sids = [];
    private int _count;

    public void Remember(string? sid)
    {
        if (sid is not null && Regex.IsMatch(sid, "^[A-Z]{2}[0-9a-f]{32}$")) _sids[sid[..2]] = sid;
    }

    /// <summary>What a class needs that its types do not say, by plain names; null leaves out.</summary>
    public IReadOnlyDictionary<string, JsonNode?> OfClass(string path, string verb) =>
        Classes.GetValueOrDefault(path)?[verb] is JsonObject known ? known.ToDictionary(p => Names.Plain(p.Key), p => p.Value) : new Dictionary<string, JsonNode?>();

    /// <summary>The keys of one that is there though it cannot be created or listed.</summary>
    public IReadOnlyList<string>? KeysOf(string path) => KeysKnown.GetValueOrDefault(path) is JsonArray keys ? [.. keys.Select(k => Fill(k!.ToString()))] : null;

    public string? Settles(string path, string verb) => Times.GetValueOrDefault(path)?[verb]?.ToString();

    /// <summary>A value of a type, by a parameter's name.</summary>
    public object? Of(string name, Type type, int depth = 0)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsSubclassOf(typeof(StringEnum))) return Words(type)[0];
        if (type.IsEnum) return Enum.GetValues(type).GetValue(0);
        if (type == typeof(bool)) return true;
        if (type == typeof(DateTime)) return new DateTime(2026, 1, 31, 0, 0, 0, DateTimeKind.Utc);
        if (type == typeof(Guid)) return new Guid(++_count, 0, 0, new byte[8]);
        if (type == typeof(Twilio.Http.HttpMethod)) return Twilio.Http.HttpMethod.Post;
        var key = Names.Plain(name);
        if (Known["names"]![key] is { } named && As(named, type, name, depth) is { } value) return value;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>)) return ListOf([Of(Regex.Replace(name, "s$", ""), type.GetGenericArguments()[0], depth + 1)], type);
        if (type == typeof(int) || type == typeof(long) || type == typeof(decimal)) return Convert.ChangeType(1, type, null);
        if (typeof(IDictionary).IsAssignableFrom(type)) return Activator.CreateInstance(type);
        if (type == typeof(object)) return new Dictionary<string, object>();
        if (type == typeof(string) || type == typeof(Uri) || type == typeof(object) || type == typeof(PhoneNumber) || type == typeof(IEndpoint) || type == typeof(Twiml)) return As(JsonValue.Create(TextOf(key, type)), type, name, depth);
        return depth < MaxDepth ? Made(type, depth) : null;
    }

    /// <summary>A known value as a type wants it; null when it cannot be.</summary>
    public object? As(JsonNode node, Type type, string name, int depth = 0)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>))
        {
            var item = type.GetGenericArguments()[0];
            return ListOf(node is JsonArray array ? [.. array.Select(n => As(n!, item, name, depth + 1))] : [As(node, item, name, depth + 1)], type);
        }
        var text = node is JsonValue value && value.TryGetValue<string>(out var said) ? Fill(said) : node.ToJsonString();
        if (type == typeof(string)) return text;
        if (type == typeof(object)) return node is JsonValue ? text : JsonConvert.DeserializeObject(Fill(text));
        if (type == typeof(Uri)) return Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var uri) ? uri : null;
        if (type == typeof(PhoneNumber) || type == typeof(IEndpoint)) return new PhoneNumber(text);
        if (type == typeof(Twiml)) return new Twiml(text);
        if (type == typeof(bool)) return bool.TryParse(text, out var truth) ? truth : null;
        if (type == typeof(Twilio.Http.HttpMethod)) return text == "GET" ? Twilio.Http.HttpMethod.Get : Twilio.Http.HttpMethod.Post;
        if (type.IsSubclassOf(typeof(StringEnum))) return Words(type).FirstOrDefault(w => w.ToString() == text) ?? StringEnumOf(type, text);
        if (type == typeof(int) || type == typeof(long) || type == typeof(decimal)) return decimal.TryParse(text, out var amount) ? Convert.ChangeType(amount, type, null) : null;
        if (type == typeof(DateTime)) return DateTime.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AdjustToUniversal, out var day) ? day : null;
        if (node is JsonObject members && depth < MaxDepth) return Made(type, depth, members.ToDictionary(p => Names.Plain(p.Key), p => p.Value));
        return null;
    }

    /// <summary>All an enumeration has.</summary>
    public static IReadOnlyList<StringEnum> Words(Type type) =>
        [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.FieldType == type).Select(f => (StringEnum)f.GetValue(null)!)];

    public string Fill(string text)
    {
        text = text.Replace("@number", number, StringComparison.Ordinal);
        text = text.Replace("@client", client, StringComparison.Ordinal).Replace("@secret", secret, StringComparison.Ordinal);
        text = Regex.Replace(text, "@phone", _ => Phone());
        text = Regex.Replace(text, "@unique", _ => $"sweep-{++_count}");
        return Regex.Replace(text, "@sid:([A-Z]{2})", m => Sid(m.Groups[1].Value));
    }

    /// <summary>Known by its name, whatever class it is of.</summary>
    public bool IsNamed(string key) => Known["names"]![key] is not null;

    /// <summary>The SDK's own class of a JSON body.</summary>
    public static bool IsModel(Type type) => type is { IsNested: true, IsEnum: false } && !type.IsSubclassOf(typeof(StringEnum)) && Nullable.GetUnderlyingType(type) is null;

    /// <summary>One with the members that are known.</summary>
    public object? Model(Type type, IReadOnlyDictionary<string, JsonNode?> known) => Made(type, 0, known);

    /// <summary>A model of a JSON body, with all its members.</summary>
    private object? Made(Type type, int depth, IReadOnlyDictionary<string, JsonNode?>? members = null)
    {
        if (type.GetConstructors().OrderBy(c => c.GetParameters().Length).FirstOrDefault() is not { } constructor) return null;
        var made = constructor.Invoke([.. constructor.GetParameters().Select(p => Of(p.Name!, p.ParameterType, depth + 1))]);
        foreach (var property in type.GetProperties().Where(p => p.CanWrite && p.GetCustomAttribute<JsonPropertyAttribute>() is not null))
        {
            var known = members?.GetValueOrDefault(Names.Plain(property.Name));
            if (known is not null) property.SetValue(made, As(known, property.PropertyType, property.Name, depth + 1));
            else if (members?.ContainsKey(Names.Plain(property.Name)) != true && depth <= MaxDepth) property.SetValue(made, Of(property.Name, property.PropertyType, depth + 1));
        }
        return made;
    }

    private string TextOf(string key, Type type)
    {
        if ((Prefix(key) ?? Prefix(Regex.Replace(key, "s$", ""))) is { } prefix) return Sid(prefix);
        if (key.EndsWith("method", StringComparison.Ordinal)) return "POST";
        if (type == typeof(Uri) || Regex.IsMatch(key, "(url|uri|callback)$")) return "https://example.com/sweep";
        if (key.EndsWith("number", StringComparison.Ordinal) || type == typeof(PhoneNumber) || type == typeof(IEndpoint)) return Phone();
        if (type == typeof(Twiml)) return "<Response/>";
        return Numeric.IsMatch(key) ? "1" : $"sweep-{++_count}";
    }

    private static string? Prefix(string key)
    {
        for (var i = 0; i < key.Length - 2; i++)
        {
            if (Known["prefixes"]![key[i..]] is { } prefix) return prefix.ToString();
        }
        return null;
    }

    private string Sid(string prefix) => _sids.GetValueOrDefault(prefix, prefix + new string('0', 31) + "1");

    private string Phone() => $"+1212555{1000 + ++_count}";

    private static object? StringEnumOf(Type type, string text)
    {
        var made = (StringEnum)Activator.CreateInstance(type)!;
        made.FromString(text);
        return made;
    }

    private static object ListOf(IEnumerable<object?> items, Type type)
    {
        var list = (IList)Activator.CreateInstance(type)!;
        foreach (var item in items.Where(i => i is not null)) list.Add(item);
        return list;
    }
}
