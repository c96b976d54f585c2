namespace TwilioEmu.Voice.Calls;

/// <summary>What was made for which idempotency key, along one call: the same key again makes nothing and is answered alike.</summary>
/// <remarks>
/// Loop-confined. The service documents no time for which a key is good. Here it is as long as the call, and the newest
/// <see cref="MaxCount"/> are remembered (inferred: a client repeats a request whose answer it has not seen, not an old one).
/// </remarks>
internal sealed class IdempotencyKeys<T>
    where T : class
{
    /// <summary>Keys that are remembered.</summary>
    public const int MaxCount = 1_000;

    private readonly OrderedDictionary<string, T> _made = new(StringComparer.Ordinal);

    /// <summary>What was made for a key; null where there is no key, or it is new.</summary>
    public T? Find(string? key) => key is { Length: > 0 } ? _made.GetValueOrDefault(key) : null;

    /// <summary>Remembers what was made for a key, where there is one.</summary>
    /// <returns>The key that is forgotten for it, the oldest; null while there is room.</returns>
    public string? Add(string? key, T made)
    {
        if (key is not { Length: > 0 }) return null;
        var forgotten = _made.Count < MaxCount || _made.ContainsKey(key) ? null : _made.GetAt(0).Key;
        if (forgotten is not null) _made.RemoveAt(0);
        _made[key] = made;
        return forgotten;
    }
}
