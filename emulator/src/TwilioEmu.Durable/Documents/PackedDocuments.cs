using LiteDB;
using TwilioEmu.Durable.Packing;

namespace TwilioEmu.Durable.Documents;

/// <summary>Packed bytes under a number, with their checksum.</summary>
internal static class PackedDocuments
{
    /// <summary>Makes one.</summary>
    public static BsonDocument Of(long number, ReadOnlySpan<byte> bytes) => new() { ["_id"] = number, ["crc"] = Checksum.Of(bytes), ["b"] = bytes.ToArray() };

    /// <summary>What is in one.</summary>
    /// <exception cref="InvalidDataException">It is not what was written.</exception>
    public static byte[] BytesOf(BsonDocument document, string kind)
    {
        var bytes = document["b"].AsBinary;
        return Checksum.Of(bytes) == document["crc"].AsInt32 ? bytes : throw new InvalidDataException($"{kind} {document["_id"].AsInt64} is not what was written");
    }
}
