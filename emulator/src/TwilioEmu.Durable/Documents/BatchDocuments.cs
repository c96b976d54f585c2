using LiteDB;

namespace TwilioEmu.Durable.Documents;

/// <summary>A batch as documents: one, or several where it is longer than one may be.</summary>
/// <remarks>Numbers run on without a gap; a batch has the number of its last document. Committed together, so that what is there is whole.</remarks>
internal static class BatchDocuments
{
    // LiteDB's longest document is 16 MB (2,047 pages).
    private const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Cuts a batch.</summary>
    public static BsonDocument[] Of(ReadOnlySpan<byte> batch, ref long number)
    {
        var documents = new BsonDocument[Math.Max(1, (batch.Length + MaxBytes - 1) / MaxBytes)];
        for (var i = 0; i < documents.Length; i++)
        {
            var part = batch[(i * MaxBytes)..Math.Min(batch.Length, (i + 1) * MaxBytes)];
            documents[i] = new BsonDocument { ["_id"] = ++number, ["more"] = i < documents.Length - 1, ["b"] = part.ToArray() };
        }
        return documents;
    }

    /// <summary>Joins them again.</summary>
    /// <exception cref="InvalidDataException">One is missing.</exception>
    public static IEnumerable<(long Number, int Count, byte[] Bytes)> Read(IEnumerable<BsonDocument> documents)
    {
        var parts = new List<byte[]>();
        var last = 0L;
        foreach (var document in documents)
        {
            var number = document["_id"].AsInt64;
            if (last != 0 && number != last + 1) throw new InvalidDataException($"batch {last + 1} is missing");
            last = number;
            parts.Add(document["b"].AsBinary);
            if (document["more"].AsBoolean) continue;
            yield return (number, parts.Count, parts.Count == 1 ? parts[0] : [.. parts.SelectMany(p => p)]);
            parts.Clear();
        }
        if (parts.Count > 0) throw new InvalidDataException("the last batch is not whole");
    }
}
