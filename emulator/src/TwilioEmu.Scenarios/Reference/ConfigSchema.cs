using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Reference;

/// <summary>
/// Writes <c>docs/twilioemu.schema.json</c>: the words of a config file for editors that complete and check them (JSON Schema).
/// </summary>
/// <remarks>
/// json-schema.org, draft 7: the one editors of YAML know best. What a text must look like is <c>twilioemu check</c>'s to say.
/// </remarks>
public static class ConfigSchema
{
    private const string Phones = "handsets[], behaves";

    // Pages of words that no row of settings reads: mappings by what stands behind which word.
    private static readonly Dictionary<string, string> Inner = new(StringComparer.Ordinal)
    {
        ["texts"] = "handsets[].texts",
        ["sip"] = "handsets[].sip",
    };

    /// <summary>The schema, indented, lines ended by LF.</summary>
    public static string Write()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(
            buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "http://json-schema.org/draft-07/schema#");
            json.WriteString("title", "A config file of TwilioEmu");
            WriteMembers(json, ConfigReader.Rows);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static void WriteMembers(Utf8JsonWriter json, IReadOnlyList<Setting> rows)
    {
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (var row in rows)
        {
            json.WriteStartObject(row.Key);
            json.WriteString("description", row.Means);
            if (ReferenceEquals(rows, ConfigReader.Rows) && row.Key == "handsets") WritePhones(json);
            else Write(json, row.Shape);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        if (rows.Any(static r => r.IsNeeded))
        {
            json.WriteStartArray("required");
            foreach (var row in rows.Where(static r => r.IsNeeded)) json.WriteStringValue(row.Key);
            json.WriteEndArray();
        }
        json.WriteBoolean("additionalProperties", false);
    }

    private static void Write(Utf8JsonWriter json, ValueShape shape)
    {
        switch (shape)
        {
            case ValueShape.Anything:
                break;
            case ValueShape.Text:
                WriteTypes(json, "string", "number", "boolean");
                break;
            case ValueShape.Flag:
                json.WriteString("type", "boolean");
                break;
            case ValueShape.Texts:
                WriteTypes(json, "array", "string", "number");
                break;
            case ValueShape.Number number:
                json.WriteString("type", number.IsWhole ? "integer" : "number");
                json.WriteNumber("minimum", number.Min);
                json.WriteNumber("maximum", number.Max);
                break;
            case ValueShape.OneOf one:
                json.WriteStartArray("enum");
                foreach (var word in one.Words) json.WriteStringValue(word);
                json.WriteEndArray();
                break;
            case ValueShape.ListOf list:
                json.WriteString("type", "array");
                json.WriteStartObject("items");
                WriteMembers(json, list.Rows);
                json.WriteEndObject();
                break;
            case ValueShape.MappingOf mapping:
                WriteMembers(json, mapping.Rows);
                break;
            case ValueShape.ByName named:
                json.WriteString("type", "object");
                json.WriteStartObject("additionalProperties");
                Write(json, named.Of);
                json.WriteEndObject();
                break;
            default:
                throw new InvalidOperationException($"unknown shape {shape.GetType().Name}");
        }
    }

    private static void WritePhones(Utf8JsonWriter json)
    {
        json.WriteString("type", "array");
        json.WriteStartObject("items");
        WriteWords(json, [new Word("number", "phone number", "needed"), .. WordsOf(Phones)]);
        json.WriteStartArray("required");
        json.WriteStringValue("number");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteWords(Utf8JsonWriter json, IReadOnlyList<Word> words)
    {
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (var word in words)
        {
            json.WriteStartObject(word.Name);
            json.WriteString("description", $"{word.Takes}: {word.Means}");
            if (Inner.TryGetValue(word.Name, out var title)) WriteWords(json, WordsOf(title));
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteBoolean("additionalProperties", false);
    }

    private static IReadOnlyList<Word> WordsOf(string title) => WordTable.Config.Single(p => p.Title == title).Words;

    private static void WriteTypes(Utf8JsonWriter json, params ReadOnlySpan<string> types)
    {
        json.WriteStartArray("type");
        foreach (var type in types) json.WriteStringValue(type);
        json.WriteEndArray();
    }
}
