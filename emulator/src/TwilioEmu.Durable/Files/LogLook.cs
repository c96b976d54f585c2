using System.Buffers.Binary;

namespace TwilioEmu.Durable.Files;

/// <summary>What a log that was not laid down is about, read without opening it.</summary>
/// <param name="Pages">Numbers of the pages that it has.</param>
/// <param name="Creations">When the files were made whose first pages it has: one file, where nobody mixed them.</param>
/// <remarks>
/// Source: LiteDB 5, <c>Engine/Pages/BasePage.cs</c>: pages of 8,192 bytes that begin with their number (4 bytes, little-endian) and their
/// kind (1 byte, 1 for the first page of a file).
/// </remarks>
internal sealed record LogLook(IReadOnlySet<uint> Pages, IReadOnlySet<long> Creations)
{
    /// <summary>Bytes of a page.</summary>
    public const int PageSize = 8192;

    private const int KindAt = 4;
    private const byte FirstOfFile = 1;

    /// <summary>None is no log: nothing is in it.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static LogLook At(string path)
    {
        var (pages, creations) = (new HashSet<uint>(), new HashSet<long>());
        if (!File.Exists(path)) return new LogLook(pages, creations);
        using var log = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 16 * PageSize);
        var page = new byte[PageSize];
        while (log.ReadAtLeast(page, PageSize, throwOnEndOfStream: false) == PageSize)
        {
            pages.Add(BinaryPrimitives.ReadUInt32LittleEndian(page));
            if (page[KindAt] == FirstOfFile) creations.Add(new FileHeader(page).Creation);
        }
        return new LogLook(pages, creations);
    }
}
