using System.Security.Cryptography;

namespace TwilioEmu.Messaging.Mms;

/// <summary>The bytes of pictures and files, each kept once however many messages carry it.</summary>
/// <remarks>Loop-confined. Bounded in bytes: what was put longest ago goes first, and its media lead to where they came from.</remarks>
/// <param name="capacity">Bytes kept in all (<see cref="TwilioEmu.Kernel.WorldOptions.MaxMediaBytes"/>).</param>
internal sealed class MediaShelf(long capacity)
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _contents = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private long _byteCount;

    /// <summary>The name bytes are found by. Any thread: of many bytes it takes a while (150 MB: a tenth of a second and more).</summary>
    public static string NameOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Keeps bytes; the name they are found by.</summary>
    public string Put(ReadOnlyMemory<byte> content) => Put(content, NameOf(content.Span));

    /// <summary>Keeps bytes whose name is known.</summary>
    public string Put(ReadOnlyMemory<byte> content, string hash)
    {
        if (!_contents.TryAdd(hash, content)) return hash;
        _order.Enqueue(hash);
        _byteCount += content.Length;
        while (_byteCount > capacity && _order.TryDequeue(out var oldest) && _contents.Remove(oldest, out var gone))
        {
            _byteCount -= gone.Length;
        }
        return hash;
    }

    /// <summary>The bytes, or null when they are not kept (any more).</summary>
    public ReadOnlyMemory<byte>? Find(string? hash) =>
        hash is not null && _contents.TryGetValue(hash, out var content) ? content : (ReadOnlyMemory<byte>?)null;
}
