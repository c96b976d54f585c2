using Microsoft.AspNetCore.Http;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>Finds the operation a request means: by Host, or on other hosts by the first path segment.</summary>
/// <remarks>
/// <c>verify.twilio.com/v2/...</c>, <c>api.dublin.ie1.twilio.com/2010-04-01/...</c>, <c>verify.localhost/v2/...</c>; anywhere else
/// <c>/verify/v2/...</c>, and <c>/2010-04-01/...</c> bare (twilio.com/docs/usage/requests-to-twilio).
/// </remarks>
internal sealed class Router(ApiCatalog catalog)
{
    private const string ClassicHost = "api";
    private const string VerifyHost = "verify";
    private const string VerifyDocument = "verify_";
    private const string IdentityHost = "iam";
    private const string OrganizationsHost = "preview-iam";
    private const string Organizations = "/Organizations/";

    private Base? _lastBase;

    /// <summary>The route, whose operation is null when the answer is the refusal.</summary>
    public Route Find(HttpRequest request, out TwilioError? refusal)
    {
        var path = request.Path.Value ?? "";
        var product = ProductOf(request.Host.Host.AsSpan(), path, out var prefixLength);
        var prefix = path[..prefixLength];
        if (prefixLength > 0) path = path[prefixLength..];
        // Organizations moved beside the rest of their API; documents and SDKs know the older host.
        if (product.SequenceEqual(IdentityHost) && path.StartsWith(Organizations, StringComparison.Ordinal)) product = OrganizationsHost;
        var bare = path.AsSpan();
        var extension = "";
        if (product.SequenceEqual(ClassicHost) && bare.LastIndexOf('.') is var dot && dot > bare.LastIndexOf('/'))
        {
            extension = bare[dot..].SequenceEqual(".json") ? ".json" : path[dot..];
            bare = bare[..dot];
        }

        var baseUrl = BaseUrl(request.Scheme, request.Host.Value ?? "", prefix);
        var operations = catalog.Match(product, bare, out var values);
        // Two operations of the product hosts have an extension.
        if (operations is null && path.EndsWith(".json", StringComparison.Ordinal))
        {
            operations = catalog.Match(product, path.AsSpan(0, path.Length - 5), out values);
        }
        if (operations is null)
        {
            refusal = TwilioError.NotFound(PathInMessages(path, product)) with
            {
                Cure = LostPath.Cure(catalog, product.ToString(), prefix, path),
            };
            return new Route(null, path, extension, baseUrl, PathValues.Empty);
        }

        // HEAD is a GET whose body stays here.
        var method = HttpMethods.IsHead(request.Method) ? "GET" : request.Method;
        for (var i = 0; i < operations.Count; i++)
        {
            var operation = operations[i];
            if (operation.Method != method) continue;
            refusal = null;
            return new Route(
                operation, path, extension, baseUrl, values.Length == 0 ? PathValues.Empty : new PathValues(operation.PathNames, values));
        }
        // As live ones word it (seen at content.twilio.com and messaging.twilio.com in 2026).
        refusal = new TwilioError(
            20004, 405, $"The requested resource {path} does not support the attempted HTTP method {request.Method}");
        return new Route(null, path, extension, baseUrl, PathValues.Empty)
        {
            Allow = string.Join(", ", operations.Select(o => o.Method).Append("OPTIONS")),
        };
    }

    internal static string PathInMessages(string path, Operation operation) => PathInMessages(
        path,
        operation.IsClassic ? ClassicHost : operation.Document.StartsWith(VerifyDocument, StringComparison.Ordinal) ? VerifyHost : "");

    /// <summary>
    /// Product hosts leave the version out of the 404's message (twilio.com/docs/usage/twilios-response), but Verify, which did so until
    /// 2024, has it since (twilio-node#743, #1126).
    /// </summary>
    internal static string PathInMessages(string path, ReadOnlySpan<char> product)
    {
        if (product.SequenceEqual(ClassicHost) || product.SequenceEqual(VerifyHost)) return path;
        var slash = path.Length > 1 ? path.IndexOf('/', 1) : -1;
        return slash < 0 ? path : path[slash..];
    }

    /// <summary>Clients use one address each: the last one is remembered. A lost race costs one more concatenation.</summary>
    private string BaseUrl(string scheme, string host, string prefix)
    {
        var last = Volatile.Read(ref _lastBase);
        if (last is not null && last.Scheme == scheme && last.Host == host && last.Prefix == prefix) return last.Url;
        var made = new Base(scheme, host, prefix, $"{scheme}://{host}{prefix}");
        Volatile.Write(ref _lastBase, made);
        return made.Url;
    }

    private ReadOnlySpan<char> ProductOf(ReadOnlySpan<char> host, string path, out int prefixLength)
    {
        prefixLength = 0;
        var isOurs = host.EndsWith(".twilio.com", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
        if (isOurs && host[..host.IndexOf('.')] is var label && catalog.HasProduct(label)) return label;
        var segment = path.StartsWith('/') ? path.AsSpan(1) : path;
        var slash = segment.IndexOf('/');
        if (slash > 0 && catalog.HasProduct(segment[..slash]))
        {
            prefixLength = slash + 1;
            return segment[..slash];
        }
        return ClassicHost;
    }

    private sealed record Base(string Scheme, string Host, string Prefix, string Url);
}

/// <summary>Where a request leads.</summary>
/// <param name="Operation">Null when the path or method leads nowhere.</param>
/// <param name="Path">From the version on, as the client spelt it.</param>
/// <param name="Extension"><c>.json</c>, empty, or another one with its dot; always empty on product hosts.</param>
/// <param name="BaseUrl">Scheme, authority and product prefix.</param>
/// <param name="Values">Of the path's variables.</param>
internal readonly record struct Route(Operation? Operation, string Path, string Extension, string BaseUrl, PathValues Values)
{
    /// <summary>The methods a 405 names.</summary>
    public string? Allow { get; init; }
}
