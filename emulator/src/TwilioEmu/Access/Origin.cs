namespace TwilioEmu.Access;

/// <summary>Where a page came from, as its browser says (RFC 6454 7): <c>scheme "://" host [ ":" port ]</c>.</summary>
/// <param name="Scheme">Lower case.</param>
/// <param name="Host">Lower case, an IPv6 address in brackets.</param>
/// <param name="Port">The scheme's own where none was said.</param>
internal readonly record struct Origin(string Scheme, string Host, int Port)
{
    /// <summary>Null for <c>null</c> (a sandboxed page, a file) and for what is no origin.</summary>
    public static Origin? Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url is { PathAndQuery: "/", Fragment: "", UserInfo: "", Host.Length: > 0, Port: > 0 } && !text.EndsWith('/')
            ? new Origin(url.Scheme, url.Host, url.Port)
            : null;

    /// <summary>
    /// True when a request to this host and port stays where the page came from.
    /// A proxy before us may have ended TLS, so the scheme is not compared.
    /// </summary>
    public bool IsAt(HostString host)
    {
        var name = host.Host.TrimEnd('.');
        return string.Equals(name, Host, StringComparison.OrdinalIgnoreCase) && (host.Port ?? (Scheme == "https" ? 443 : 80)) == Port;
    }
}
