using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace TwilioEmu.Console.Pages;

/// <summary>The files of the live web UI, embedded and compressed (RFC 7932) when the program was built.</summary>
/// <remarks>
/// Paths without a file of their own are the page's: it reads them as links to a message, a call, a webhook. Safe from any thread.
/// </remarks>
public static class UiPages
{
    /// <summary>Where the page is.</summary>
    public const string Prefix = "/_emu/ui";

    private const string Embedded = "ui/";
    private const string Compressed = ".br";
    private const string Index = "index.html";

    // Scripts, fonts and requests of our own origin, the styles that the page was built with, and nothing
    // else: no inline script, no frame, no form that leaves, no page around it (w3.org/TR/CSP3); text
    // becomes markup only by the page's own renderer, which never makes any (w3.org/TR/trusted-types).
    private static readonly Lazy<string> Policy = new(static () =>
        $"default-src 'none'; script-src 'self'; style-src 'self'{StylesOfPage()}; img-src 'self' data: blob:; font-src 'self'; "
            + "connect-src 'self'; "
        + "media-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'");

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".woff2"] = "font/woff2",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Resources = typeof(UiPages).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(Embedded, StringComparison.Ordinal) && n.EndsWith(Compressed, StringComparison.Ordinal))
        .ToFrozenDictionary(n => n[Embedded.Length..^Compressed.Length], StringComparer.Ordinal);

    /// <summary>False where the program was built without Node.</summary>
    public static bool IsBuilt => Resources.ContainsKey(Index);

    /// <summary>True for what this room answers.</summary>
    public static bool IsPage(HttpRequest request) => request.Path.StartsWithSegments(Prefix, StringComparison.Ordinal);

    /// <summary>True for a browser that looks at the bare address: its way leads to the page.</summary>
    public static bool IsBrowserAtDoor(HttpRequest request) =>
        request.Path == "/" && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    /// <summary>Shows a browser the way.</summary>
    public static void Lead(HttpContext http) => http.Response.Redirect(Prefix + "/");

    /// <summary>Answers with a file, with the page for the page's own links, or with how to get the page.</summary>
    public static async Task ServeAsync(HttpContext http)
    {
        var (request, response) = (http.Request, http.Response);
        WriteHeaders(request, response.Headers);
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = "GET, HEAD";
            return;
        }
        var path = request.Path.Value!.Length > Prefix.Length ? request.Path.Value[(Prefix.Length + 1)..] : null;
        if (path is null) { Lead(http); return; }
        if (!IsBuilt) { await WriteAsync(http, Types[".html"], MissingPage.Html); return; }
        var isAsset = path.StartsWith("assets/", StringComparison.Ordinal);
        var name = Resources.ContainsKey(path) ? path : Index;
        if (isAsset && name == Index)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        // Names of assets hold a hash of what is in them: they never change. The page that names them always may.
        response.Headers.CacheControl = isAsset ? "public, max-age=31536000, immutable" : "no-cache";
        response.ContentType = Types.GetValueOrDefault(Path.GetExtension(name), "application/octet-stream");
        await SendAsync(http, Resources[name]);
    }

    private static async Task SendAsync(HttpContext http, string resource)
    {
        await using var stream = typeof(UiPages).Assembly.GetManifestResourceStream(resource)
            ?? throw new MissingManifestResourceFault(resource);
        http.Response.Headers.Vary = "Accept-Encoding, Sec-Fetch-Site";
        var takesBrotli = http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        if (takesBrotli)
        {
            http.Response.Headers.ContentEncoding = "br";
            http.Response.ContentLength = stream.Length;
        }
        if (HttpMethods.IsHead(http.Request.Method)) return;
        if (takesBrotli)
        {
            await stream.CopyToAsync(http.Response.Body, http.RequestAborted);
            return;
        }
        await using var plain = new BrotliStream(stream, CompressionMode.Decompress);
        await plain.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    private static async Task WriteAsync(HttpContext http, string type, ReadOnlyMemory<byte> body)
    {
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        http.Response.Headers.CacheControl = "no-store";
        if (!HttpMethods.IsHead(http.Request.Method)) await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>
    /// The hash of the styles that stand in the page itself, so that it is painted
    /// without another request: <c> 'sha256-...'</c>; empty without a page.
    /// </summary>
    /// <remarks>w3.org/TR/CSP3, 6.7.2.2: over the bytes between the tags.</remarks>
    private static string StylesOfPage()
    {
        if (!IsBuilt) return "";
        using var page = new BrotliStream(
            typeof(UiPages).Assembly.GetManifestResourceStream(Resources[Index])!, CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        page.CopyTo(bytes);
        var html = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        var from = html.IndexOf("<style>"u8);
        var length = from < 0 ? -1 : html[(from + "<style>"u8.Length)..].IndexOf("</style>"u8);
        return length < 0 ? "" : $" 'sha256-{Convert.ToBase64String(SHA256.HashData(html.Slice(from + "<style>"u8.Length, length)))}'";
    }

    private static void WriteHeaders(HttpRequest request, IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy.Value;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        if (!IsOpenedByNobodyElse(request)) headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    // A page that opens this one keeps no hold of its window (html.spec.whatwg.org, 7.1.3). Browsers begin another process for that,
    // which costs a third of the time to the first paint: who typed the address or came from here, as the browser says
    // (w3.org/TR/fetch-metadata, 2.3; no script can), is spared it.
    private static bool IsOpenedByNobodyElse(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "none" or "same-origin";

    private sealed class MissingManifestResourceFault(string name) : InvalidOperationException(
        $"the resource {name} was listed and is not there");
}
