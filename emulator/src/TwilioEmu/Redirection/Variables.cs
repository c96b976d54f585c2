using TwilioEmu.Tls;

namespace TwilioEmu.Redirection;

/// <summary>The environment that leads every official SDK to an emulator: through its proxy, trusting its root.</summary>
/// <remarks>
/// No SDK takes a base URL from the environment. Which reads what (observed with the SDKs and their HTTP stacks):
///
/// | SDK | proxy | trust |
/// |---|---|---|
/// | Node 4.7 and later | <c>HTTP_PROXY</c>, upper case only | <c>NODE_EXTRA_CA_CERTS</c> |
/// | Node's own <c>fetch</c>, 22.21, 24 and later | <c>HTTPS_PROXY</c>, with <c>NODE_USE_ENV_PROXY</c> | <c>NODE_EXTRA_CA_CERTS</c> |
/// | Node 3 | <c>HTTP_PROXY</c> or <c>HTTPS_PROXY</c>, by version | <c>NODE_EXTRA_CA_CERTS</c> |
/// | Python 7.9.1 and later | <c>HTTPS_PROXY</c> | <c>REQUESTS_CA_BUNDLE</c> |
/// | the same, asynchronous | <c>HTTPS_PROXY</c> by <c>sitecustomize</c> | <c>SSL_CERT_FILE</c> |
/// | Python 6.5.2 to 7.9.0 | <c>HTTPS_PROXY</c> | <c>sitecustomize</c> on <c>PYTHONPATH</c> |
/// | Python 5 and older | <c>HTTPS_PROXY</c> by <c>sitecustomize</c> | <c>sitecustomize</c> on <c>PYTHONPATH</c> |
/// | C# (Linux) | <c>HTTPS_PROXY</c> | <c>SSL_CERT_FILE</c> |
/// | Ruby, Go | <c>https_proxy</c>, <c>HTTPS_PROXY</c> | <c>SSL_CERT_FILE</c> |
/// | PHP | <c>HTTPS_PROXY</c> | an ini file in <c>PHP_INI_SCAN_DIR</c> |
/// | Java | <c>JAVA_TOOL_OPTIONS</c> | <c>JAVA_TOOL_OPTIONS</c> |
/// </remarks>
internal static class Variables
{
    // The app's own servers and the emulator itself are near: no proxy is
    // needed. Nor for the cloud's word to its machine, which the proxy refuses.
    private static readonly string[] Near =
    [
        "localhost", "127.0.0.1", "::1", "169.254.169.254", "169.254.170.2", "fd00:ec2::254", "metadata.google.internal",
    ];

    private static readonly string[] ProxyNames = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];

    /// <summary>Names and values, in the order they are told.</summary>
    /// <param name="proxy">The emulator's HTTP port, as the app reaches it.</param>
    /// <param name="sid">The account.</param>
    /// <param name="token">Its token.</param>
    /// <param name="trust">The files, as the app finds them.</param>
    /// <param name="controlToken">What its control API asks for; null when it asks for nothing, or nobody knows.</param>
    /// <param name="given">The environment now: lists are added to, not replaced.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> For(
        Uri proxy, string sid, string token, TrustFiles trust, string? controlToken, Func<string, string?> given)
    {
        var url = proxy.GetLeftPart(UriPartial.Authority);
        // What asks the emulator itself needs no proxy, and some clients would ask it of itself.
        var near = string.Join(',', Near.Append(proxy.Host.Trim('[', ']')).Concat(Listed(given).Where(e => !IsPastUs(e))).Distinct());
        return
        [
            new("TWILIO_ACCOUNT_SID", sid),
            new("TWILIO_AUTH_TOKEN", token),
            .. controlToken is null ? [] : new KeyValuePair<string, string>[] { new("TWILIOEMU_CONTROL_TOKEN", controlToken) },
            new("HTTP_PROXY", url),
            new("HTTPS_PROXY", url),
            new("http_proxy", url),
            new("https_proxy", url),
            new("NO_PROXY", near),
            new("no_proxy", near),
            // nodejs.org/api/cli: its own clients, fetch among them, then go by the variables above.
            new("NODE_USE_ENV_PROXY", "1"),
            // Adds to Node's own roots; where something was added already, the bundle holds both.
            new("NODE_EXTRA_CA_CERTS", string.IsNullOrEmpty(given("NODE_EXTRA_CA_CERTS")) ? trust.Ca : trust.Bundle),
            new("REQUESTS_CA_BUNDLE", trust.Bundle),
            new("SSL_CERT_FILE", trust.Bundle),
            new("CURL_CA_BUNDLE", trust.Bundle),
            new("PYTHONPATH", Joined(trust.PythonFolder, given("PYTHONPATH"), Path.PathSeparator)),
            // An empty entry keeps the place PHP was built to look at.
            new("PHP_INI_SCAN_DIR", Php(trust.PhpFolder, given("PHP_INI_SCAN_DIR") ?? "")),
            new("JAVA_TOOL_OPTIONS", Joined(Java(proxy, trust), given("JAVA_TOOL_OPTIONS"), ' ')),
        ];
    }

    /// <summary>What of the environment as it was no longer holds for the app, a line each.</summary>
    public static IEnumerable<string> Notes(Func<string, string?> given)
    {
        var proxies = ProxyNames.Where(name => given(name) is { Length: > 0 } proxy && !IsNear(proxy)).ToList();
        if (proxies.Count > 0)
        {
            yield return $"{string.Join(", ", proxies)}: the app gets the emulator in place of that proxy; what it asks of other hosts "
                + "goes straight there (--proxy-passthrough)";
        }
        var past = Listed(given).Where(IsPastUs).ToList();
        if (past.Count > 0)
        {
            yield return $"NO_PROXY: {string.Join(", ", past)} is left out, since requests for Twilio would go past the emulator "
                + "to the real one";
        }
    }

    private static bool IsNear(string proxy) =>
        Uri.TryCreate(proxy.Contains("://", StringComparison.Ordinal) ? proxy : "http://" + proxy, UriKind.Absolute, out var url)
            && url.IsLoopback;

    private static string[] Listed(Func<string, string?> given) =>
        (given("NO_PROXY") ?? given("no_proxy") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>True for an exception that names Twilio, or everybody.</summary>
    private static bool IsPastUs(string exception) =>
        exception.TrimStart('*', '.') is var name
            && (name.Length == 0 || name.Equals("com", StringComparison.OrdinalIgnoreCase)
                || ServedNames.IsTwilio(ServedNames.Plain(name.Split(':')[0])));

    private static string Java(Uri proxy, TrustFiles trust)
    {
        var host = proxy.Host.Trim('[', ']');
        return $"-Dhttps.proxyHost={host} -Dhttps.proxyPort={proxy.Port} -Dhttp.proxyHost={host} -Dhttp.proxyPort={proxy.Port} "
            + "-Dhttp.nonProxyHosts=localhost|127.*|[::1]"
            + $" -Djavax.net.ssl.trustStore={trust.JavaStore} -Djavax.net.ssl.trustStorePassword={TrustFiles.JavaPassword} "
            + "-Djavax.net.ssl.trustStoreType=PKCS12";
    }

    private static string Php(string ours, string theirs) =>
        theirs.EndsWith(Path.PathSeparator + ours, StringComparison.Ordinal) ? theirs : $"{theirs}{Path.PathSeparator}{ours}";

    // Asked for twice in one shell, it is added once.
    private static string Joined(string ours, string? theirs, char separator) =>
        string.IsNullOrEmpty(theirs) || theirs == ours ? ours
        : theirs.StartsWith(ours + separator, StringComparison.Ordinal) ? theirs
        : $"{ours}{separator}{theirs}";
}
