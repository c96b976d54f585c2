using System.Buffers.Binary;

namespace TwilioEmu.Durable.Files;

/// <summary>The number of the batch that was committed last, in the file that locks the folder.</summary>
/// <remarks>
/// A log that was cut or taken away looks as if its end had never been written: what was committed has to be told elsewhere. Written after
/// each commit and not flushed, so that it costs microseconds: a process that is killed leaves it as it stands, and where the machine
/// fails it is older than the file, never newer. Of another file than the one in the folder it says nothing; without it all goes on as
/// before. Layout, little-endian: 8 bytes when the file was made, 8 bytes the number, 8 bytes their sum as a check.
/// Of one thread at a time.
/// </remarks>
/// <param name="file">The lock.</param>
internal sealed class Tally(FileStream file)
{
    private const int Size = 24;

    private long _creation;

    /// <summary>Which file is counted from now on.</summary>
    public void Begin(long creation) => _creation = creation;

    /// <summary>A batch was committed.</summary>
    public void Kept(long number)
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, _creation);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], number);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], unchecked(_creation + number));
        try
        {
            RandomAccess.Write(file.SafeFileHandle, bytes, 0);
        }
        catch (IOException)
        {
            // A disk without room for 24 bytes: the tally stays behind, and what was committed is committed.
        }
    }

    /// <summary>The last batch of a file that is known to have been committed; 0 where nothing is known of it.</summary>
    public long LastOf(long creation)
    {
        Span<byte> bytes = stackalloc byte[Size];
        if (RandomAccess.Read(file.SafeFileHandle, bytes, 0) < Size) return 0;
        var (made, number) = (BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]));
        var isWhole = BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]) == unchecked(made + number);
        return isWhole && made == creation ? number : 0;
    }
}
