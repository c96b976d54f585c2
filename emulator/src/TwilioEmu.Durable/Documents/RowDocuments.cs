using LiteDB;
using TwilioEmu.Durable.Packing;

namespace TwilioEmu.Durable.Documents;

/// <summary>Records as documents.</summary>
internal static class RowDocuments
{
    /// <summary>In the words of the API, with where it lies beside them; the id is where it arrived.</summary>
    public static BsonDocument Of(RowKey key, RowState state)
    {
        var document = DocumentWriter.Of(state.Form!, state.Record!);
        document["_id"] = state.Place.Arrived;
        document["_table"] = key.Table;
        document["_account"] = key.Account.ToString();
        document["_key"] = key.Key;
        return document;
    }
}
