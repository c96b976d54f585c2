using System.Text;

namespace TwilioEmu.Webhooks.Addresses;

/// <summary>A URL as an account configured it, taken apart without changing a byte of what is signed and sent.</summary>
/// <remarks>
/// <c>scheme "://" [userinfo "@"] authority path-and-query ["#" overrides]</c>. Percent-encoding stays as configured
/// (twilio.com/docs/usage/webhooks/webhooks-security); only what cannot stand in a request line is escaped.
/// </remarks>
public sealed record WebhookUrl
{
    private static readonly UriCreationOptions AsIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly string? _userInfo;
    private string? _origin;
    private string? _shown;
    private Uri? _base;

    private WebhookUrl(string scheme, string authority, string pathAndQuery, Uri uri)
    {
        Scheme = scheme;
        Authority = authority;
        PathAndQuery = pathAndQuery;
        Uri = uri;
    }

    /// <summary><c>http</c> or <c>https</c>.</summary>
    public string Scheme { get; }

    /// <summary>Host and, where configured, port: what the Host header says.</summary>
    public string Authority { get; }

    /// <summary>At least <c>/</c>.</summary>
    public string PathAndQuery { get; }

    /// <summary>What follows the question mark, or empty.</summary>
    public string Query => PathAndQuery.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? PathAndQuery[(at + 1)..] : "";

    /// <summary>Where it leads; path and query untouched.</summary>
    public Uri Uri { get; }

    /// <summary><c>user:password</c> as configured (percent-encoded), or null.</summary>
    /// <remarks>Sent only when asked for by a 401, and never signed.</remarks>
    public string? UserInfo
    {
        get => _userInfo;
        private init => (_userInfo, _base) = (value, null);
    }

    /// <summary>From the fragment.</summary>
    public ConnectionOverrides Overrides { get; private init; } = ConnectionOverrides.Default;

    /// <summary>Scheme and authority: <c>https://app.local</c>.</summary>
    public string Origin => _origin ??= $"{Scheme}://{Authority}";

    /// <summary>Without credentials and fragment: what is requested, and what the journal shows.</summary>
    public string Shown => _shown ??= $"{Scheme}://{Authority}{PathAndQuery}";

    /// <summary>Takes a configured URL apart.</summary>
    public static WebhookUrl? TryParse(string text, out AddressFault? fault)
    {
        var url = text.AsSpan().Trim();
        var schemeEnd = url.IndexOf("://");
        var scheme = schemeEnd < 0 ? "" : url[..schemeEnd].ToString().ToLowerInvariant();
        if (scheme is not ("http" or "https")) return Bad(text, "wanted http:// or https://", out fault);

        var rest = url[(schemeEnd + 3)..];
        var fragmentAt = rest.IndexOf('#');
        var fragment = fragmentAt < 0 ? default : rest[(fragmentAt + 1)..];
        if (fragmentAt >= 0) rest = rest[..fragmentAt];
        if (!ConnectionOverrides.TryParse(fragment, out var overrides, out fault)) return null;

        var authorityEnd = rest.IndexOfAny('/', '?');
        var authority = authorityEnd < 0 ? rest : rest[..authorityEnd];
        var pathAndQuery = authorityEnd < 0 ? "/" : Escape(rest[authorityEnd..]);
        if (pathAndQuery[0] == '?') pathAndQuery = "/" + pathAndQuery;
        var at = authority.LastIndexOf('@');
        var userInfo = at < 0 ? null : authority[..at].ToString();
        var host = authority[(at + 1)..].ToString();
        if (!Uri.TryCreate($"{scheme}://{host}{pathAndQuery}", in AsIs, out var uri) || uri.Host.Length == 0)
        {
            return Bad(text, "the host or port cannot be read", out fault);
        }
        return new(scheme, host, pathAndQuery, uri) { UserInfo = userInfo, Overrides = overrides };
    }

    /// <summary>The URL that is signed.</summary>
    /// <param name="isVoice">Voice drops an https port; http keeps its own, and
    /// messaging keeps both (twilio.com/docs/usage/webhooks/webhooks-security).</param>
    public string Signed(bool isVoice)
    {
        if (!isVoice || Scheme != "https") return Shown;
        var colon = Authority.LastIndexOf(':');
        return colon < 0 || colon < Authority.LastIndexOf(']') ? Shown : $"{Scheme}://{Authority[..colon]}{PathAndQuery}";
    }

    /// <summary>The same with parameters appended to its query, as GET carries them.</summary>
    public WebhookUrl WithQuery(IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        if (parameters.Count == 0) return this;
        var query = Encoding.ASCII.GetString(FormEncoding.EncodeQuery(parameters));
        var separator = !PathAndQuery.Contains('?', StringComparison.Ordinal) ? "?" : PathAndQuery[^1] is '?' or '&' ? "" : "&";
        return WithPath($"{PathAndQuery}{separator}{query}");
    }

    /// <summary>Where a <c>Location</c> seen here leads; credentials stay with the origin they were given for.</summary>
    /// <remarks>Null when it cannot be read.</remarks>
    public WebhookUrl? Resolve(string location)
    {
        if (!Uri.TryCreate(Base(), Escape(location.AsSpan().Trim()), out var target)) return null;
        var next = TryParse(target.AbsoluteUri, out _);
        return next is null
            ? null
            : next with { UserInfo = next.UserInfo ?? (next.Origin == Origin ? UserInfo : null), Overrides = Overrides };
    }

    /// <summary>The base of relative URLs in a document that came from here: credentials kept, fragment dropped.</summary>
    public Uri Base() => _base ??=
        UserInfo is not null && Uri.TryCreate($"{Scheme}://{UserInfo}@{Authority}{PathAndQuery}", UriKind.Absolute, out var full)
            ? full
            : new(Shown);

    private WebhookUrl WithPath(string pathAndQuery) => new(Scheme, Authority, pathAndQuery, new Uri($"{Origin}{pathAndQuery}", in AsIs))
    {
        UserInfo = UserInfo,
        Overrides = Overrides,
    };

    private static WebhookUrl? Bad(string text, string wanted, out AddressFault? fault)
    {
        fault = new(11100, $"Invalid URL format: '{text}' ({wanted})");
        return null;
    }

    /// <summary>Escapes what a request line cannot hold: controls, spaces, and everything beyond ASCII as UTF-8.</summary>
    private static string Escape(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAnyExceptInRange('!', '~')) return text.ToString();
        var escaped = new StringBuilder(text.Length + 16);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is >= '!' and <= '~')
            {
                escaped.Append((char)rune.Value);
                continue;
            }
            foreach (var b in utf8[..rune.EncodeToUtf8(utf8)]) escaped.Append('%').Append(b.ToString("X2"));
        }
        return escaped.ToString();
    }
}
