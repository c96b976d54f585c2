using System.Text;
using System.Text.Json;
using TwilioEmu.Kernel.Text;

namespace TwilioEmu.Messaging.Content;

/// <summary>Finds and fills the places <c>{{name}}</c> of a template. Pure.</summary>
/// <remarks>
/// twilio.com/docs/content/using-variables-with-content-api: names of letters, digits and underscores, at most 16; at most 100 of them;
/// values up to 1,600 characters. twilio.com/docs/api/errors/21656: a place that is not closed, an empty one, one without a value.
/// <code>
/// place = "{{" name "}}"
/// </code>
/// </remarks>
internal static class Placeholders
{
    public const int MaxName = 16;
    public const int MaxCount = 100;
    public const int MaxValue = 1600;

    /// <summary>The names in all strings of a value, each once, in order; null where a place is malformed.</summary>
    public static IReadOnlyList<string>? NamesIn(JsonElement value)
    {
        var names = new List<string>();
        return Collect(value, names) ? names : null;
    }

    /// <summary>True for a name that may stand between the braces.</summary>
    public static bool IsName(string name) => name.Length is > 0 and <= MaxName && name.All(c => char.IsLetterOrDigit(c) || c == '_');

    /// <summary>The value with every place filled.</summary>
    /// <param name="value">Strings at any depth may have places.</param>
    /// <param name="valueOf">What stands for a name.</param>
    public static JsonElement Fill(JsonElement value, Func<string, string> valueOf)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes)) Write(json, value, valueOf);
        using var filled = JsonText.Parse(bytes.ToArray());
        return filled.RootElement.Clone();
    }

    private static bool Collect(JsonElement value, List<string> names)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return Collect(value.GetString()!, names);
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray()) if (!Collect(item, names)) return false;
                return true;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject()) if (!Collect(member.Value, names)) return false;
                return true;
            default:
                return true;
        }
    }

    private static bool Collect(string text, List<string> names)
    {
        for (var at = 0; (at = text.IndexOf("{{", at, StringComparison.Ordinal)) >= 0;)
        {
            var end = text.IndexOf("}}", at, StringComparison.Ordinal);
            if (end < 0) return false;
            var name = text[(at + 2)..end].Trim();
            if (name.Length == 0 || name.Contains('{') || name.Contains('}')) return false;
            if (!names.Contains(name)) names.Add(name);
            at = end + 2;
        }
        return true;
    }

    private static string Fill(string text, Func<string, string> valueOf)
    {
        if (!text.Contains("{{", StringComparison.Ordinal)) return text;
        var filled = new StringBuilder(text.Length + 64);
        var from = 0;
        for (int at; (at = text.IndexOf("{{", from, StringComparison.Ordinal)) >= 0;)
        {
            var end = text.IndexOf("}}", at, StringComparison.Ordinal);
            if (end < 0) break;
            filled.Append(text, from, at - from).Append(valueOf(text[(at + 2)..end].Trim()));
            from = end + 2;
        }
        return filled.Append(text, from, text.Length - from).ToString();
    }

    private static void Write(Utf8JsonWriter json, JsonElement value, Func<string, string> valueOf)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                json.WriteStringValue(Fill(value.GetString()!, valueOf));
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray()) Write(json, item, valueOf);
                json.WriteEndArray();
                break;
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    json.WritePropertyName(member.Name);
                    Write(json, member.Value, valueOf);
                }
                json.WriteEndObject();
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }
}
