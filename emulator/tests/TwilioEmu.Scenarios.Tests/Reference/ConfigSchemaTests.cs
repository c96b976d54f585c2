using System.Text.Json;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Reference;
using TwilioEmu.Scenarios.Yaml;

namespace TwilioEmu.Scenarios.Tests.Reference;

/// <summary>The schema says of a config what its readers say, as far as types and words go.</summary>
public sealed class ConfigSchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(ConfigSchema.Write()).RootElement;

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_config_of_the_repository_fits(string file) => Faults(Configs(file)).Should().BeEmpty();

    [Theory]
    [InlineData("port: 0\nnumbres: []", "numbres")]
    [InlineData("numbers: [{ number: \"+14155550100\", sms_ulr: http://a }]", "numbers.sms_ulr")]
    [InlineData("numbers: [{ number: \"+14155550100\", type: longcode }]", "numbers.type")]
    [InlineData("numbers: [{ type: long-code }]", "numbers.number")]
    [InlineData("numbers: [{ number: \"+14155550100\", messages_per_second: fast }]", "numbers.messages_per_second")]
    [InlineData("accounts: [{ trial: perhaps }]", "accounts.trial")]
    [InlineData("accounts: [{ api_keys: [{ type: mian }] }]", "accounts.api_keys.type")]
    [InlineData("lookup: { \"+14155550199\": { risk_score: 101 } }", "lookup.+14155550199.risk_score")]
    [InlineData("handsets: [{ number: \"+14155550199\", texts: { stauts: failed } }]", "handsets.texts.stauts")]
    public void What_its_readers_refuse_does_not_fit(string yaml, string place) =>
        Faults([Json(YamlFile.Read("c.yaml", yaml, new Faults())!)]).Should().Equal(place);

    public static TheoryData<string> Files() =>
        [
            .. new[] { "examples/weather-app/twilioemu.yaml" }.Concat(Directory.EnumerateFiles(Path.Combine(Root(), "scenarios"), "*.yaml")
                .Select(f => "scenarios/" + Path.GetFileName(f))),
        ];

    /// <summary>The file itself, or the worlds that a story is given.</summary>
    private static List<JsonElement> Configs(string file)
    {
        var root = (Node.Mapping)YamlFile.Read(file, File.ReadAllText(Path.Combine(Root(), file)), new Faults())!;
        if (root.Members.All(m => m.Key != "scenario")) return [Json(root)];
        return [.. root.Members.Where(m => m.Key == "given" && m.Value is Node.Mapping).Select(m => Json(m.Value))];
    }

    private static JsonElement Json(Node node) => NodeJson.ToElement(node, typed: true);

    private static List<string> Faults(IEnumerable<JsonElement> configs) => [.. configs.SelectMany(c => Faults(Schema, c, ""))];

    /// <summary>As much of JSON Schema as the schema has (json-schema.org, draft 7).</summary>
    private static IEnumerable<string> Faults(JsonElement schema, JsonElement value, string place)
    {
        if (schema.TryGetProperty("type", out var type) && !Types(type).Contains(Kind(value))
            && !(Kind(value) == "integer" && Types(type).Contains("number")))
        {
            return [place];
        }
        if (schema.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(w => w.GetString() == value.ToString()))
        {
            return [place];
        }
        if (schema.TryGetProperty("minimum", out var min)
            && (value.GetDouble() < min.GetDouble() || value.GetDouble() > schema.GetProperty("maximum").GetDouble()))
        {
            return [place];
        }
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            return value.EnumerateArray().SelectMany(i => Faults(items, i, place));
        }
        return value.ValueKind == JsonValueKind.Object ? OfMembers(schema, value, place) : [];
    }

    private static IEnumerable<string> OfMembers(JsonElement schema, JsonElement value, string place)
    {
        string At(string member) => place.Length == 0 ? member : $"{place}.{member}";
        if (schema.TryGetProperty("required", out var needed))
        {
            foreach (var lacking in needed.EnumerateArray().Where(n => !value.TryGetProperty(n.GetString()!, out _)))
            {
                yield return At(lacking.GetString()!);
            }
        }
        foreach (var member in value.EnumerateObject())
        {
            if (schema.TryGetProperty("properties", out var known) && known.TryGetProperty(member.Name, out var of))
            {
                foreach (var fault in Faults(of, member.Value, At(member.Name))) yield return fault;
            }
            else if (schema.TryGetProperty("additionalProperties", out var others))
            {
                if (others.ValueKind == JsonValueKind.False) yield return At(member.Name);
                else foreach (var fault in Faults(others, member.Value, At(member.Name))) yield return fault;
            }
        }
    }

    private static List<string?> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(t => t.GetString())] : [type.GetString()];

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        _ => "null",
    };

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TwilioEmu.sln"))) folder = folder.Parent;
        return folder!.FullName;
    }
}
