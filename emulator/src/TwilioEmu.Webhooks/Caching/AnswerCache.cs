using System.Diagnostics.CodeAnalysis;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Webhooks.Wires;

namespace TwilioEmu.Webhooks.Caching;

/// <summary>Answers to GET that may be used again: documents and files (HTTP cache).</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/voice/twiml: answers to GET are cached by ETag, Last-Modified and Cache-Control,
/// those to POST never. Each account has its own. Up to a budget of bytes: those unused for longest go first.
/// </remarks>
internal sealed class AnswerCache(long byteBudget)
{
    // Of an answer beside its body: headers, URL, places in the list.
    private const int Overhead = 2048;

    private readonly Dictionary<(AccountSid, string), LinkedListNode<(AccountSid Account, string Url, KeptAnswer Kept)>> _byUrl = [];
    private readonly LinkedList<(AccountSid Account, string Url, KeptAnswer Kept)> _byUse = new();
    private long _byteCount;

    /// <summary>What was kept of a URL, its query included.</summary>
    public bool TryGet(AccountSid account, string url, [NotNullWhen(true)] out KeptAnswer? kept)
    {
        kept = null;
        if (!_byUrl.TryGetValue((account, url), out var node)) return false;
        _byUse.Remove(node);
        _byUse.AddFirst(node);
        kept = node.Value.Kept;
        return true;
    }

    /// <summary>Keeps an answer where it may be kept; one that may not takes the former's place all the same.</summary>
    public void Take(AccountSid account, string url, WireAnswer answer, DateTimeOffset now)
    {
        if (answer.Status is not 200) return;
        Remove(account, url);
        if (CacheRules.MayKeep(answer)) Keep(account, url, new KeptAnswer(answer, now, now + CacheRules.LifeOf(answer)));
    }

    /// <summary>Keeps what is still good.</summary>
    public void Renew(AccountSid account, string url, KeptAnswer kept)
    {
        Remove(account, url);
        Keep(account, url, kept);
    }

    private void Keep(AccountSid account, string url, KeptAnswer kept)
    {
        if (SizeOf(kept) > byteBudget) return;
        _byUrl.Add((account, url), _byUse.AddFirst((account, url, kept)));
        _byteCount += SizeOf(kept);
        while (_byteCount > byteBudget && _byUse.Last is { } last) Remove(last.Value.Account, last.Value.Url);
    }

    private void Remove(AccountSid account, string url)
    {
        if (!_byUrl.Remove((account, url), out var node)) return;
        _byUse.Remove(node);
        _byteCount -= SizeOf(node.Value.Kept);
    }

    private static long SizeOf(KeptAnswer kept) => kept.Answer.Body.Length + Overhead;
}
