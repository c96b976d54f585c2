using System.Buffers;
using System.IO.Compression;
using LiteDB;
using TwilioEmu.Durable.Packing;
using ZstdSharp;

namespace TwilioEmu.Durable.Documents;

/// <summary>
/// Packed bytes under a number, with their checksum; many of them squeezed (Zstandard, RFC 8878), since LiteDB takes longer over a page
/// than that over what is in it.
/// </summary>
/// <remarks>
/// <code>
/// document  _id: number, crc: of b, b: bytes, zstd: how many they are squeezed from, absent where they are not; z: the same by zlib (RFC
/// 1950), in files of format 3
/// </code>
/// Zlib takes two to three times as long over a block's expansion, for a third more bytes.
/// </remarks>
internal static class PackedDocuments
{
    // Fewer are a page or less, squeezed or not.
    private const int WorthIt = 4 * 1024;

    // The quickest of those that are as good at packed rows as higher ones.
    private const int Level = 1;

    // No batch or block of ours is longer: what says so was not written by us.
    private const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>Makes one.</summary>
    public static BsonDocument Of(long number, ReadOnlySpan<byte> bytes)
    {
        var squeezed = bytes.Length < WorthIt ? null : Squeeze(bytes);
        var document = new BsonDocument { ["_id"] = number, ["crc"] = Checksum.Of(squeezed ?? bytes), ["b"] = squeezed ?? bytes.ToArray() };
        if (squeezed is not null) document["zstd"] = bytes.Length;
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
        var isByZlib = document["z"].IsInt32;
        if ((isByZlib ? document["z"] : document["zstd"]) is not { IsInt32: true, AsInt32: var count }) return bytes;
        if (count is <= 0 or > MaxBytes) throw new InvalidDataException($"{kind} {document["_id"].AsInt64} says that it has {count} bytes");
        return isByZlib ? ExpandByZlib(bytes, count) : Expand(bytes, count);
    }

    /// <summary>Null where it comes to no less.</summary>
    private static byte[]? Squeeze(ReadOnlySpan<byte> bytes)
    {
        using var squeezer = new Compressor(Level);
        var into = ArrayPool<byte>.Shared.Rent(Compressor.GetCompressBound(bytes.Length));
        try
        {
            var count = squeezer.Wrap(bytes, into);
            return count < bytes.Length ? into.AsSpan(0, count).ToArray() : null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(into);
        }
    }

    private static byte[] Expand(byte[] squeezed, int count)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(count);
        using var expander = new Decompressor();
        return expander.Unwrap(squeezed, bytes) == count ? bytes : throw new InvalidDataException("less is squeezed than is said");
    }

    private static byte[] ExpandByZlib(byte[] squeezed, int count)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(count);
        using var zlib = new ZLibStream(new MemoryStream(squeezed, writable: false), CompressionMode.Decompress);
        zlib.ReadExactly(bytes);
        return bytes;
    }
}
