using System.Runtime.InteropServices;
using System.Security.Cryptography;
using TwilioEmu.Media.Score;

namespace TwilioEmu.Media.Audio;

/// <summary>Clips in memory, up to a budget; those unused for longest go first, the newest never.</summary>
public sealed class ClipStore(long byteBudget) : IClipStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ClipId, LinkedListNode<(ClipId Id, ReadOnlyMemory<short> Pcm)>> _byId = [];
    private readonly LinkedList<(ClipId Id, ReadOnlyMemory<short> Pcm)> _byUse = new();
    private long _byteCount;

    /// <summary>Bytes of samples kept now.</summary>
    public long ByteCount
    {
        get { lock (_gate) return _byteCount; }
    }

    public static ClipId IdOf(ReadOnlySpan<short> pcm) => new(Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(pcm))));

    public ClipId Put(ReadOnlyMemory<short> pcm)
    {
        var id = IdOf(pcm.Span);
        lock (_gate)
        {
            if (Touch_NeedsLock(id) is not null) return id;
            _byId.Add(id, _byUse.AddFirst((id, pcm)));
            _byteCount += pcm.Length * sizeof(short);
            while (_byteCount > byteBudget && _byUse.Count > 1)
            {
                var last = _byUse.Last!.Value;
                _byUse.RemoveLast();
                _byId.Remove(last.Id);
                _byteCount -= last.Pcm.Length * sizeof(short);
            }
        }
        return id;
    }

    public bool TryGet(ClipId id, out ReadOnlyMemory<short> pcm)
    {
        lock (_gate)
        {
            var found = Touch_NeedsLock(id);
            pcm = found?.Value.Pcm ?? default;
            return found is not null;
        }
    }

    private LinkedListNode<(ClipId Id, ReadOnlyMemory<short> Pcm)>? Touch_NeedsLock(ClipId id)
    {
        if (!_byId.TryGetValue(id, out var node)) return null;
        _byUse.Remove(node);
        _byUse.AddFirst(node);
        return node;
    }
}
