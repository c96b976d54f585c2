using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NumberPlanCompiler;

/// <summary>Writes one line per country: calling code, prefixes, possible lengths, patterns by type, national formats.</summary>
/// <remarks>Positions are those of libphonenumber-js METADATA.md, version 4; of the leading-digits patterns only the last, longest one is kept.</remarks>
internal static class PlanWriter
{
    private static readonly string[] Types = ["fixed", "mobile", "toll_free", "premium", "personal", "voicemail", "uan", "pager", "voip", "shared_cost"];

    public static int Write(string metadataFile, string namesFile, string output)
    {
        var bytes = File.ReadAllBytes(metadataFile);
        using var metadata = JsonDocument.Parse(bytes);
        using var names = JsonDocument.Parse(File.ReadAllBytes(namesFile));
        var main = metadata.RootElement.GetProperty("country_calling_codes").EnumerateObject().ToDictionary(c => c.Name, c => c.Value[0].GetString()!);
        var lines = new List<string>();
        foreach (var country in metadata.RootElement.GetProperty("countries").EnumerateObject())
        {
            var facts = country.Value;
            var code = facts[0].GetString()!;
            var name = names.RootElement.TryGetProperty(country.Name, out var n) ? n.GetString()! : country.Name;
            lines.Add(Line(json => Country(json, country.Name, name, facts, isMain: main[code] == country.Name)));
        }
        foreach (var world in metadata.RootElement.GetProperty("nonGeographic").EnumerateObject())
        {
            lines.Add(Line(json => Country(json, "001", "International", world.Value, isMain: true)));
        }
        var text = new StringBuilder("{\n");
        text.Append("\"generated\": \"by NumberPlanCompiler from libphonenumber-js metadata.max.json (MIT; facts of Google's "
            + $"libphonenumber, Apache-2.0), sha256 {Convert.ToHexStringLower(SHA256.HashData(bytes))}; not to be edited\",\n");
        text.Append("\"countries\": [\n").AppendJoin(",\n", lines).Append("\n]\n}\n");
        File.WriteAllText(output, text.ToString());
        return lines.Count;
    }

    private static void Country(Utf8JsonWriter json, string iso, string name, JsonElement facts, bool isMain)
    {
        json.WriteString("iso", iso);
        json.WriteString("name", name);
        json.WriteString("code", facts[0].GetString());
        if (isMain) json.WriteBoolean("main", true);
        Text(json, "abroad", facts[1]);
        Text(json, "general", facts[2]);
        json.WritePropertyName("lengths");
        facts[3].WriteTo(json);
        Text(json, "national", facts[5]);
        Text(json, "rule", facts[6]);
        Text(json, "strip", facts[7]);
        Text(json, "transform", facts[8]);
        Text(json, "leading", facts[10]);
        json.WriteStartObject("types");
        for (var i = 0; i < Math.Min(Types.Length, facts[11].GetArrayLength()); i++)
        {
            if (facts[11][i].ValueKind != JsonValueKind.Array) continue;
            json.WritePropertyName(Types[i]);
            facts[11][i].WriteTo(json);
        }
        json.WriteEndObject();
        if (facts[4].ValueKind != JsonValueKind.Array) return;
        json.WriteStartArray("formats");
        foreach (var format in facts[4].EnumerateArray())
        {
            // pattern, format, leading digits, national prefix rule ("" = the country's).
            json.WriteStartArray();
            format[0].WriteTo(json);
            format[1].WriteTo(json);
            if (format.GetArrayLength() > 2 && format[2].ValueKind == JsonValueKind.Array && format[2].GetArrayLength() > 0)
            {
                format[2][format[2].GetArrayLength() - 1].WriteTo(json);
            }
            else
            {
                json.WriteStringValue("");
            }
            if (format.GetArrayLength() > 3 && format[3].ValueKind == JsonValueKind.String) format[3].WriteTo(json);
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    private static void Text(Utf8JsonWriter json, string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String) json.WriteString(name, value.GetString());
    }

    private static string Line(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
