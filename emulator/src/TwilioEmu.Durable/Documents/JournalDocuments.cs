using System.Text.Json;
using LiteDB;
using TwilioEmu.Durable.Packing;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Durable.Documents;

/// <summary>Entries of the journal as documents.</summary>
internal static class JournalDocuments
{
    /// <summary>As the control API shows it; the id is the seq.</summary>
    public static BsonDocument Of(Entry entry)
    {
        var document = new BsonDocument
        {
            ["_id"] = entry.Seq,
            ["at"] = entry.At.UtcDateTime.ToString(JsonMembersWriter.InstantFormat, System.Globalization.CultureInfo.InvariantCulture),
            ["account"] = entry.Account.ToString(),
            ["kind"] = entry.Kind,
            ["subject"] = entry.Subject,
            ["cause"] = entry.Cause,
        };
        if (entry.Data is null) return document;
        using var json = JsonDocument.Parse(BatchCodec.JsonOf(entry.Data));
        document["data"] = Of(json.RootElement);
        return document;
    }

    private static BsonValue Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? whole : json.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => new BsonArray(json.EnumerateArray().Select(Of)),
        JsonValueKind.Object => ObjectOf(json),
        _ => BsonValue.Null,
    };

    private static BsonDocument ObjectOf(JsonElement json)
    {
        var document = new BsonDocument();
        foreach (var member in json.EnumerateObject()) document[member.Name] = Of(member.Value);
        return document;
    }
}
