using System.Runtime.InteropServices;
using System.Security.Cryptography;
using TwilioEmu.Media.Keeping;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Audio;

/// <summary>Clips in memory, up to a budget; those unused for longest go first, the newest never.</summary>
public sealed class ClipStore(long byteBudget) : IClipStore
{
    private readonly RecentlyUsed<ClipId, ReadOnlyMemory<short>> _clips = new(byteBudget, pcm => pcm.Length * sizeof(short));

    /// <summary>Bytes of samples kept now.</summary>
    public long ByteCount => _clips.ByteCount;

    public static ClipId IdOf(ReadOnlySpan<short> pcm) => new(Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(pcm))));

    public ClipId Put(ReadOnlyMemory<short> pcm)
    {
        var id = IdOf(pcm.Span);
        _clips.Keep(id, pcm);
        return id;
    }

    public bool TryGet(ClipId id, out ReadOnlyMemory<short> pcm) => _clips.TryGet(id, out pcm);
}
