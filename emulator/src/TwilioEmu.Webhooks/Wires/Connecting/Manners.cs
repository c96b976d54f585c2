using System.Collections.Concurrent;

namespace TwilioEmu.Webhooks.Wires.Connecting;

/// <summary>Remembers which apps close connections without announcing it, so that none of theirs is used twice.</summary>
/// <remarks>
/// Such an app loses the race between its close and the next request now and then: the request dies unanswered on a connection
/// that looked alive. RFC 9112 9.3.1 leaves repeating it to the client; here it is repeated once, on a fresh connection, and only
/// for an app that has answered before, so that an app that just never answers gets no request twice. Safe from any thread.
/// </remarks>
internal sealed class Manners
{
    // Apps are few; forgetting all of them costs one repeated request each.
    private const int MaxKnown = 4096;

    private readonly ConcurrentDictionary<string, bool> _closesSilently = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>True when every request to the app needs a connection of its own.</summary>
    public bool NeedsFreshConnection(string authority) => _closesSilently.TryGetValue(authority, out var closes) && closes;

    /// <summary>Notes an answer: a connection may now be kept.</summary>
    public void HasAnswered(string authority)
    {
        if (_closesSilently.ContainsKey(authority)) return;
        if (_closesSilently.Count >= MaxKnown) _closesSilently.Clear();
        _closesSilently.TryAdd(authority, false);
    }

    /// <summary>Notes a connection that ended without a byte of an answer.</summary>
    /// <returns>True when it was a kept one for all we know, and the request is to be repeated.</returns>
    public bool HasClosed(string authority) => _closesSilently.TryUpdate(authority, true, false);
}
