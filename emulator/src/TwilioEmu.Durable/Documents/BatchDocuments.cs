using LiteDB;

namespace TwilioEmu.Durable.Documents;

/// <summary>A batch as documents: one, or several where it is longer than one may be.</summary>
/// <remarks>
/// Numbers run on without a gap; a batch has the number of its last document. Committed together, so that what is there is whole.
/// </remarks>
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
            documents[i] = PackedDocuments.Of(++number, part);
            documents[i]["more"] = i < documents.Length - 1;
        }
        return documents;
    }

    /// <summary>Joins them again.</summary>
    /// <param name="documents">From the first of a batch on.</param>
    /// <param name="first">The number the first must have; null for any.</param>
    /// <exception cref="InvalidDataException">One is missing.</exception>
    public static IEnumerable<(long Number, byte[] Bytes)> Read(IEnumerable<BsonDocument> documents, long? first = null)
    {
        var parts = new List<byte[]>();
        var next = first;
        foreach (var document in documents)
        {
            var number = document["_id"].AsInt64;
            if (next is { } expected && number != expected) throw new InvalidDataException($"batch {expected} is missing");
            next = number + 1;
            parts.Add(PackedDocuments.BytesOf(document, "batch"));
            if (document["more"].AsBoolean) continue;
            yield return (number, parts.Count == 1 ? parts[0] : [.. parts.SelectMany(p => p)]);
            parts.Clear();
        }
        if (parts.Count > 0) throw new InvalidDataException("the last batch is not whole");
    }
}
