using TwilioEmu.Kernel.Text;
using TwilioEmu.Rest.Catalog;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>
/// Tells where a path that leads nowhere was probably meant to lead: a slash
/// too many, other letters, a slip of the pen, no version, no product ("did you mean").
/// </summary>
/// <remarks>Pure, off the loop. What is looked at is bounded: long paths are nobody's slip of the pen.</remarks>
internal static class LostPath
{
    private const int MaxLength = 512;
    private const int MaxProducts = 4;
    // Shorter names are too like each other.
    private const int MinNameThatSlips = 5;
    private const string Json = ".json";
    private const string Classic = "/2010-04-01";
    private const string ClassicHost = "api";
    private const string OfFirstSdks = "/SMS/";

    /// <summary>The path that is there, and why the one asked for is not; null where nothing comes near.</summary>
    /// <param name="catalog">What is there.</param>
    /// <param name="product">Host label of the product that was asked.</param>
    /// <param name="prefix">What named it in the path; empty where the host did.</param>
    /// <param name="path">Behind the prefix, as the client spelt it.</param>
    public static string? Cure(ApiCatalog catalog, string product, string prefix, string path)
    {
        if (path.Length is < 2 or > MaxLength) return null;
        if (path.StartsWith("/_emu", StringComparison.Ordinal)) return "the control API's paths begin with /_emu/v1/, which lists them";
        var single = "/" + string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries));
        if (single != path)
        {
            // With the slashes gone a product may come to light.
            var (named, rest) = Split(catalog, single);
            var found = prefix.Length == 0 && named is not null ? Leads(catalog, named, rest) : Leads(catalog, product, single);
            return found ? $"{prefix}{single} is there: a slash stands twice, or at the end (a base URL ends without one)" : null;
        }
        var second = path.IndexOf('/', 1);
        if (second > 0 && path[second..].StartsWith(path[..second] + "/", StringComparison.Ordinal)
            && Leads(catalog, product, path[second..]))
        {
            return $"{prefix}{path[second..]} is there: {path[1..second]} stands twice (a base URL ends without it)";
        }
        if (path.Contains(OfFirstSdks, StringComparison.OrdinalIgnoreCase)
            && path.Replace(OfFirstSdks, "/", StringComparison.OrdinalIgnoreCase) is var today && Leads(catalog, product, today))
        {
            return $"{prefix}{today} is there: SMS/Messages is the address that SDKs before 2013 asked, and is not served";
        }
        if ((Near(catalog, product, path, IsNear) ?? Near(catalog, product, path, IsNearOrSlip)) is { } near)
        {
            return $"{prefix}{near} is there: names are as documented, capitals and the plural included";
        }
        // "Accounts" is the name of a product besides.
        string[] versioned = [Classic + prefix + path, $"{Classic}/Accounts/{{AccountSid}}{prefix}{path}"];
        if (Array.Find(versioned, p => Leads(catalog, ClassicHost, p)) is { } whole)
        {
            return $"{whole} is there: the path begins with the version";
        }
        if (product != ClassicHost) return null;
        var products = catalog.Products.Where(p => p != ClassicHost && Leads(catalog, p, path)).Take(MaxProducts).ToList();
        return products.Count == 0 ? null
            : $"{string.Join(", ", products.Select(p => $"/{p}{path}"))} {(products.Count == 1 ? "is" : "are")} there: products other than "
              + $"api follow in the path, or are named by the host ({products[0]}.twilio.com)";
    }

    private static (string? Product, string Path) Split(ApiCatalog catalog, string path)
    {
        var slash = path.IndexOf('/', 1);
        return slash > 0 && catalog.HasProduct(path.AsSpan(1, slash - 1)) ? (path[1..slash], path[slash..]) : (null, path);
    }

    private static bool Leads(ApiCatalog catalog, string product, string path) =>
        catalog.Match(product, path, out _) is not null
            || (path.EndsWith(Json, StringComparison.Ordinal)
                && catalog.Match(product, path.AsSpan(0, path.Length - Json.Length), out _) is not null);

    /// <summary>The same path in the documents' spelling: what stands for a variable stays, versions may differ.</summary>
    private static string? Near(ApiCatalog catalog, string product, string path, Func<string, string, bool> isNear)
    {
        var (bare, extension) = path.EndsWith(Json, StringComparison.OrdinalIgnoreCase) ? (path[..^Json.Length], Json) : (path, "");
        var segments = bare.Split('/');
        foreach (var operation in catalog.Of(product).SelectMany(d => d.Operations))
        {
            var template = (operation.Path.EndsWith(Json, StringComparison.Ordinal) ? operation.Path[..^Json.Length] : operation.Path)
                .Split('/');
            if (template.Length == segments.Length && segments.Zip(template).All(s => isNear(s.First, s.Second)))
            {
                return string.Join('/', segments.Zip(template, static (given, meant) => meant.StartsWith('{') ? given : meant)) + extension;
            }
        }
        return null;
    }

    private static bool IsNear(string given, string meant) =>
        (meant.StartsWith('{') && given.Length > 0)
        || given.Equals(meant, StringComparison.OrdinalIgnoreCase)
        || (given + "s").Equals(meant, StringComparison.OrdinalIgnoreCase)
        || given.Equals(meant + "s", StringComparison.OrdinalIgnoreCase)
        || (IsVersion(given) && IsVersion(meant));

    private static bool IsNearOrSlip(string given, string meant) =>
        IsNear(given, meant) || (meant.Length >= MinNameThatSlips && Slip.IsOne(given, meant, ignoresCase: true));

    private static bool IsVersion(string segment) => segment is ['v' or 'V', >= '1' and <= '9'];
}
