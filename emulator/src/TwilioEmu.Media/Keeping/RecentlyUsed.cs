using System.Diagnostics.CodeAnalysis;

namespace TwilioEmu.Media.Keeping;

/// <summary>Things kept up to a budget of bytes: those unused for longest go first, the newest never.</summary>
/// <remarks>Safe from any thread; all are O(1).</remarks>
/// <param name="byteBudget">How many bytes may be kept.</param>
/// <param name="sizeOf">How many bytes a thing takes.</param>
public sealed class RecentlyUsed<TKey, TValue>(long byteBudget, Func<TValue, long> sizeOf)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _byKey = [];
    private readonly LinkedList<(TKey Key, TValue Value)> _byUse = new();
    private long _byteCount;

    /// <summary>Bytes kept now.</summary>
    public long ByteCount
    {
        get { lock (_gate) return _byteCount; }
    }

    /// <summary>The thing of a key, which is then the newest.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_gate)
        {
            var node = Touch_NeedsLock(key);
            value = node is null ? default : node.Value.Value;
            return node is not null;
        }
    }

    /// <summary>Keeps a thing; one that is there already stays, and is then the newest.</summary>
    public void Keep(TKey key, TValue value)
    {
        lock (_gate)
        {
            if (Touch_NeedsLock(key) is not null) return;
            _byKey.Add(key, _byUse.AddFirst((key, value)));
            _byteCount += sizeOf(value);
            while (_byteCount > byteBudget && _byUse.Count > 1)
            {
                var last = _byUse.Last!.Value;
                _byUse.RemoveLast();
                _byKey.Remove(last.Key);
                _byteCount -= sizeOf(last.Value);
            }
        }
    }

    private LinkedListNode<(TKey Key, TValue Value)>? Touch_NeedsLock(TKey key)
    {
        if (!_byKey.TryGetValue(key, out var node)) return null;
        _byUse.Remove(node);
        _byUse.AddFirst(node);
        return node;
    }
}
