using System.Text;

namespace TwilioEmu.Webhooks.Cookies;

/// <summary>The cookies an app has set, in jars that never mix: one per call, one per (from, to) pair of messages.</summary>
/// <remarks>Loop-confined. Bounded: the jar longest unused goes first.</remarks>
internal sealed class CookieJars(int maxJars)
{
    // RFC 6265 6.1 asks for at least 50 per domain.
    private const int MaxCookiesPerJar = 50;

    private readonly Dictionary<string, LinkedListNode<Jar>> _jars = new(StringComparer.Ordinal);
    private readonly LinkedList<Jar> _newestFirst = new();

    /// <summary>How many jars there are.</summary>
    public int Count => _jars.Count;

    /// <summary>The <c>Cookie</c> header for a request, or null when the jar holds nothing for it.</summary>
    public string? HeaderFor(string jarName, Uri url, DateTimeOffset now)
    {
        if (!_jars.TryGetValue(jarName, out var node)) return null;
        Touch(node);
        node.Value.Cookies.RemoveAll(c => c.Expires <= now);
        StringBuilder? header = null;
        // RFC 6265 5.4 step 2: longer paths first, then older first, which is the list's own order.
        foreach (var cookie in node.Value.Cookies.Where(c => c.GoesTo(url)).OrderByDescending(c => c.Path.Length))
        {
            header = header is null ? new StringBuilder() : header.Append("; ");
            header.Append(cookie.Name).Append('=').Append(cookie.Value);
        }
        return header?.ToString();
    }

    /// <summary>Keeps, replaces or (when expired) deletes a cookie.</summary>
    public void Put(string jarName, Cookie cookie, DateTimeOffset now)
    {
        var isExpired = cookie.Expires <= now;
        if (!_jars.TryGetValue(jarName, out var node))
        {
            if (isExpired) return;
            node = _newestFirst.AddFirst(new Jar(jarName));
            _jars.Add(jarName, node);
            if (_jars.Count > maxJars) Drop(_newestFirst.Last!);
        }
        else
        {
            Touch(node);
        }
        var cookies = node.Value.Cookies;
        var index = cookies.FindIndex(cookie.IsSameAs);
        if (isExpired)
        {
            if (index >= 0) cookies.RemoveAt(index);
            if (cookies.Count == 0) Drop(node);
        }
        else if (index >= 0)
        {
            cookies[index] = cookie;
        }
        else
        {
            cookies.Add(cookie);
            if (cookies.Count > MaxCookiesPerJar) cookies.RemoveAt(0);
        }
    }

    private void Touch(LinkedListNode<Jar> node)
    {
        _newestFirst.Remove(node);
        _newestFirst.AddFirst(node);
    }

    private void Drop(LinkedListNode<Jar> node)
    {
        _newestFirst.Remove(node);
        _jars.Remove(node.Value.Name);
    }

    private sealed record Jar(string Name)
    {
        public List<Cookie> Cookies { get; } = [];
    }
}
