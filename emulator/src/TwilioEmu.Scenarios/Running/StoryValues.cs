using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using TwilioEmu.Scenarios.Matching;

namespace TwilioEmu.Scenarios.Running;

/// <summary>
/// What a story knows by name: its <c>vars</c>, the account, what steps saved. Safe on any thread, since steps may stand side by side.
/// </summary>
internal sealed class StoryValues(IReadOnlyDictionary<string, JsonElement> variables)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, JsonElement> _values = new(variables, StringComparer.Ordinal);

    public void Keep(string name, JsonElement value)
    {
        lock (_gate) _values[name] = value;
    }

    /// <summary>All values, and those of one round of a step besides.</summary>
    public IReadOnlyDictionary<string, JsonElement> With(IReadOnlyDictionary<string, JsonElement> round)
    {
        lock (_gate)
        {
            var all = new Dictionary<string, JsonElement>(_values, StringComparer.Ordinal);
            foreach (var (name, value) in round) all[name] = value;
            return all;
        }
    }

    public static JsonElement ElementOf(int number) =>
        JournalLine.Parse(Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)));

    public static JsonElement ElementOf(params (string Name, string? Value)[] members)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in members) json.WriteString(name, value);
            json.WriteEndObject();
        }
        return JournalLine.Parse(buffer.WrittenSpan);
    }
}
