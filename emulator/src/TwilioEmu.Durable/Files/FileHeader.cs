using System.Buffers.Binary;

namespace TwilioEmu.Durable.Files;

/// <summary>What the first page of a LiteDB 5 file says of the others.</summary>
/// <param name="LastPage">The number of the last page that was ever given out; the file has it, or its log.</param>
/// <param name="Creation">When the file was made: tells it from every other.</param>
/// <remarks>Source: LiteDB 5, <c>Engine/Pages/HeaderPage.cs</c>: bytes 64 to 67 and 68 to 75, little-endian.</remarks>
internal readonly record struct FileHeader(uint LastPage, long Creation)
{
    private const int LastPageAt = 64;
    private const int CreationAt = 68;

    /// <param name="page">At least its first 76 bytes.</param>
    public FileHeader(ReadOnlySpan<byte> page)
        : this(BinaryPrimitives.ReadUInt32LittleEndian(page[LastPageAt..]), BinaryPrimitives.ReadInt64LittleEndian(page[CreationAt..]))
    {
    }

    /// <summary>Of a file that may be in use.</summary>
    public static FileHeader Of(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Span<byte> page = stackalloc byte[CreationAt + sizeof(long)];
        file.ReadExactly(page);
        return new FileHeader(page);
    }
}
