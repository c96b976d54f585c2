namespace TwilioEmu.Webhooks.Cookies;

/// <summary>One cookie as a jar keeps it.</summary>
/// <param name="Name">Case-sensitive.</param>
/// <param name="Value">As the app wrote it, quotes included.</param>
/// <param name="Domain">Lower case, without a leading dot.</param>
/// <param name="IsHostOnly">True when only that very host may have it.</param>
/// <param name="Path">Begins with a slash.</param>
/// <param name="IsSecure">Goes to https only.</param>
/// <param name="Expires">In world time; null while the jar lives.</param>
internal sealed record Cookie(
    string Name, string Value, string Domain, bool IsHostOnly, string Path, bool IsSecure, DateTimeOffset? Expires)
{
    /// <summary>RFC 6265 5.3 step 11: same name, domain and path replace.</summary>
    public bool IsSameAs(Cookie other) => Name == other.Name && Domain == other.Domain && Path == other.Path;

    /// <summary>RFC 6265 5.4 step 1.</summary>
    public bool GoesTo(Uri url) =>
        (!IsSecure || url.Scheme == Uri.UriSchemeHttps) && MatchesDomain(url.IdnHost) && MatchesPath(url.AbsolutePath);

    /// <summary>RFC 6265 5.1.3.</summary>
    private bool MatchesDomain(string host)
    {
        if (string.Equals(host, Domain, StringComparison.OrdinalIgnoreCase)) return true;
        return !IsHostOnly && host.EndsWith("." + Domain, StringComparison.OrdinalIgnoreCase) && !char.IsAsciiDigit(host[^1]);
    }

    /// <summary>RFC 6265 5.1.4.</summary>
    private bool MatchesPath(string path) =>
        path.StartsWith(Path, StringComparison.Ordinal) && (path.Length == Path.Length || Path[^1] == '/' || path[Path.Length] == '/');
}
