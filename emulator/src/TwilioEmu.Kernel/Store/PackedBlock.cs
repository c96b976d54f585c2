using System.Buffers.Binary;
using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Kernel.Store;

/// <summary>Packed records in one array, which a store takes over as it is: a start copies nothing.</summary>
/// <remarks>
/// <code>
/// array   anything, then records from <c>Begin</c> on
/// record  table (4 bytes), row (4), count (4), extent (4), so many bytes, others up to the extent
/// </code>
/// Whole numbers, little-endian. Table and row are the store's own business; what lies between count and extent is its keeper's.
/// </remarks>
/// <param name="bytes">The array; the owner's from then on.</param>
/// <param name="begin">Where the first record begins.</param>
public sealed class PackedBlock(byte[] bytes, int begin)
{
    /// <summary>Bytes before a record.</summary>
    public const int HeadSize = 16;

    /// <summary>The array.</summary>
    public byte[] Bytes { get; } = bytes;

    /// <summary>Where the first record begins.</summary>
    public int Begin { get; } = begin;

    // Of the one store that took it over.
    internal PackedBlocks? Owner { get; set; }

    internal ByteBlock? Taken { get; set; }

    /// <summary>Writes what stands before a record of nobody's.</summary>
    /// <param name="head">Where to.</param>
    /// <param name="count">Bytes of the record.</param>
    /// <param name="extent">With what follows it.</param>
    public static void WriteHead(Span<byte> head, int count, int extent)
    {
        WriteOwner(head, 0, 0);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], count);
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], extent);
    }

    /// <summary>Says in a head whose the record is.</summary>
    internal static void WriteOwner(Span<byte> head, int table, int row)
    {
        BinaryPrimitives.WriteInt32LittleEndian(head, table);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], row);
    }

    /// <summary>Whose the record behind a head is.</summary>
    internal static (int Table, int Row) OwnerOf(ReadOnlySpan<byte> head) =>
        (BinaryPrimitives.ReadInt32LittleEndian(head), BinaryPrimitives.ReadInt32LittleEndian(head[4..]));

    /// <summary>Bytes of the record behind a head, and with what follows it.</summary>
    internal static (int Count, int Extent) LengthsOf(ReadOnlySpan<byte> head) =>
        (BinaryPrimitives.ReadInt32LittleEndian(head[8..]), BinaryPrimitives.ReadInt32LittleEndian(head[12..]));

    /// <summary>The same of a keeper's bytes, in which there may be no record.</summary>
    /// <exception cref="InvalidDataException">There is no record.</exception>
    public static (int Count, int Extent) ReadHead(ReadOnlySpan<byte> bytes, int at)
    {
        if (at > bytes.Length - HeadSize) throw new InvalidDataException("a record's head is cut");
        var (count, extent) = LengthsOf(bytes[at..]);
        return count >= 0 && count <= extent && extent <= bytes.Length - at - HeadSize
            ? (count, extent)
            : throw new InvalidDataException("a record says that it is longer than it is");
    }
}
