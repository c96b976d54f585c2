using System.Text.Json;

namespace TwilioEmu.Scenarios.Matching;

/// <summary>Writes what entries must be like, as <see cref="MatchReader"/> reads it.</summary>
internal static class MatchWriter
{
    public static void Write(Utf8JsonWriter json, string name, JournalMatch match)
    {
        json.WriteStartObject(name);
        if (match.Kind is not null) json.WriteString("kind", match.Kind);
        if (match.Subject is not null) json.WriteString("subject", match.Subject);
        if (match.Account is not null) json.WriteString("account", match.Account);
        if (match.Data is not null)
        {
            json.WritePropertyName("data");
            WriteValue(json, match.Data);
        }
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, ValueMatch value)
    {
        switch (value)
        {
            case ValueMatch.Is(var text): json.WriteStringValue(text); break;
            case ValueMatch.IsNothing: json.WriteNullValue(); break;
            case ValueMatch.Items(var items):
                json.WriteStartArray();
                foreach (var item in items) WriteValue(json, item);
                json.WriteEndArray();
                break;
            case ValueMatch.Members(var members):
                json.WriteStartObject();
                foreach (var (name, member) in members)
                {
                    json.WritePropertyName(name);
                    WriteValue(json, member);
                }
                json.WriteEndObject();
                break;
            default:
                json.WriteStartObject();
                foreach (var part in value is ValueMatch.All(var parts) ? parts : [value]) WriteTest(json, part);
                json.WriteEndObject();
                break;
        }
    }

    private static void WriteTest(Utf8JsonWriter json, ValueMatch test)
    {
        switch (test)
        {
            case ValueMatch.Contains(var part): json.WriteString("contains", part); break;
            case ValueMatch.Fits(var pattern):
                json.WriteString(pattern.Source is ['/', _, .., '/'] ? "matches" : "says", pattern.Source); break;
            case ValueMatch.IsPresent(var present): json.WriteBoolean("present", present); break;
            case ValueMatch.Between(var low, var high):
                if (low is { } least) json.WriteNumber("at_least", least);
                if (high is { } most) json.WriteNumber("at_most", most);
                break;
            default:
                json.WritePropertyName("equals");
                WriteValue(json, test);
                break;
        }
    }
}
