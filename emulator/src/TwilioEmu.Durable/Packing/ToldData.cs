using System.Text;
using System.Text.Json;
using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Durable.Packing;

/// <summary>What an entry of an earlier process told: the JSON it showed, and no more.</summary>
internal sealed class ToldData(byte[] json) : IEntryData
{
    /// <inheritdoc/>
    public int Weight => json.Length;

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter to)
    {
        using var document = JsonDocument.Parse(json);
        foreach (var member in document.RootElement.EnumerateObject()) member.WriteTo(to);
    }

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(json);
}
