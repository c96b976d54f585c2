using System.Text.Json;
using TwilioEmu.Kernel.Journal;

namespace TwilioEmu.Kernel.Store;

/// <summary>Entry data of a trim: which records left the store because there were too many or they were too old.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Keys">Of the records that went, in the order they went.</param>
/// <param name="Kept">How many records the table holds now.</param>
public sealed record TableTrim(string Table, IReadOnlyList<string> Keys, int Kept) : IEntryData
{
    /// <summary>Where they had stood, as <see cref="RowPlace.Arrived"/> tells. Not shown.</summary>
    public IReadOnlyList<long> Arrived { get; init; } = [];

    /// <inheritdoc/>
    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteNumber("count", Keys.Count);
        json.WriteNumber("kept", Kept);
        json.WriteStartArray("keys");
        foreach (var key in Keys) json.WriteStringValue(key);
        json.WriteEndArray();
    }
}
