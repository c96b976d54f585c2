using System.IO.Compression;
using LiteDB;
using TwilioEmu.Durable.Packing;

namespace TwilioEmu.Durable.Documents;

/// <summary>
/// Packed bytes under a number, with their checksum; many of them squeezed (RFC 1950), since LiteDB takes longer over a page than zlib
/// over what is in it.
/// </summary>
/// <remarks><code>document  _id: number, crc: of b, b: bytes, z: how many they are squeezed from, absent where they are
/// not</code></remarks>
internal static class PackedDocuments
{
    // Fewer are a page or less, squeezed or not.
    private const int WorthIt = 4 * 1024;

    // No batch or block of ours is longer: what says so was not written by us.
    private const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>Makes one.</summary>
    public static BsonDocument Of(long number, ReadOnlySpan<byte> bytes)
    {
        var squeezed = bytes.Length < WorthIt ? null : Squeeze(bytes);
        var document = new BsonDocument { ["_id"] = number, ["crc"] = Checksum.Of(squeezed ?? bytes), ["b"] = squeezed ?? bytes.ToArray() };
        if (squeezed is not null) document["z"] = bytes.Length;
        return document;
    }

    /// <summary>What is in one.</summary>
    /// <exception cref="InvalidDataException">It is not what was written.</exception>
    public static byte[] BytesOf(BsonDocument document, string kind)
    {
        var bytes = document["b"].AsBinary;
        if (Checksum.Of(bytes) != document["crc"].AsInt32)
        {
            throw new InvalidDataException($"{kind} {document["_id"].AsInt64} is not what was written");
        }
        if (document["z"] is not { IsInt32: true, AsInt32: var count }) return bytes;
        return count is > 0 and <= MaxBytes ? Expand(bytes, count)
            : throw new InvalidDataException($"{kind} {document["_id"].AsInt64} says that it has {count} bytes");
    }

    /// <summary>Null where it comes to no less.</summary>
    private static byte[]? Squeeze(ReadOnlySpan<byte> bytes)
    {
        var into = new MemoryStream(bytes.Length / 2);
        using (var zlib = new ZLibStream(into, CompressionLevel.Fastest, leaveOpen: true)) zlib.Write(bytes);
        return into.Length < bytes.Length ? into.ToArray() : null;
    }

    private static byte[] Expand(byte[] squeezed, int count)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(count);
        using var zlib = new ZLibStream(new MemoryStream(squeezed, writable: false), CompressionMode.Decompress);
        zlib.ReadExactly(bytes);
        return bytes;
    }
}
