using System.Buffers;
using System.Text.Json;
using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Scenarios.Matching;

/// <summary>What a story keeps under a name: an object, and beside its members what regular expressions caught in it.</summary>
internal static class Kept
{
    /// <summary>The same object with the captures as members; its own members stay.</summary>
    public static JsonElement With(JsonElement value, IReadOnlyList<(string Name, string Text)> captures)
    {
        if (captures.Count == 0 || value.ValueKind != JsonValueKind.Object) return value;
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Entry.Options))
        {
            json.WriteStartObject();
            foreach (var member in value.EnumerateObject()) member.WriteTo(json);
            foreach (var (name, text) in captures.DistinctBy(c => c.Name).Where(c => !value.TryGetProperty(c.Name, out _)))
            {
                json.WriteString(name, text);
            }
            json.WriteEndObject();
        }
        return JournalLine.Parse(buffer.WrittenSpan);
    }
}
