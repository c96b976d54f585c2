using System.Text.Json;

namespace SpecCompiler;

/// <summary>Finds where a resource's links lead: from the example of an answer, else from what the document says of dependents.</summary>
/// <remarks>The example has the link's true names; the path it shows is turned back into one with property names in braces.</remarks>
internal static class LinkReader
{
    private const int FromDependents = 1;
    private const int FromExample = 2;
    private const int FromFetch = 3;

    public static void Read(CompiledShape shape, JsonProperty path, string kind, JsonElement? example)
    {
        if (example is { ValueKind: JsonValueKind.Object } shown && LinksOf(shown) is { } links)
        {
            var rank = kind == "fetch" ? FromFetch : FromExample;
            if (shape.LinkRank >= rank) return;
            shape.LinkRank = rank;
            shape.Links.Clear();
            foreach (var link in links.EnumerateObject())
            {
                if (link.Value.ValueKind == JsonValueKind.String) shape.Links[link.Name] = Template(link.Value.GetString()!, shown);
            }
        }
        else if (shape.LinkRank == 0 && path.Value.TryGetProperty("x-twilio", out var x) && x.TryGetProperty("dependentProperties", out var dependents))
        {
            shape.LinkRank = FromDependents;
            foreach (var dependent in dependents.EnumerateObject()) shape.Links[dependent.Name] = Template(dependent.Value);
        }
    }

    private static JsonElement? LinksOf(JsonElement example) =>
        example.TryGetProperty("links", out var links) && links.ValueKind == JsonValueKind.Object ? links
        : example.TryGetProperty("subresource_uris", out var uris) && uris.ValueKind == JsonValueKind.Object ? uris
        : null;

    private static string Template(JsonElement dependent)
    {
        var url = dependent.GetProperty("resource_url").GetString()!;
        foreach (var map in dependent.GetProperty("mapping").EnumerateObject())
        {
            // Marked first, so that a mapping never rewrites what another one put there.
            url = url.Replace($"{{{map.Name}}}", $"<{map.Value.GetString()}>", StringComparison.Ordinal);
        }
        return url.Replace('<', '{').Replace('>', '}');
    }

    private static string Template(string url, JsonElement example)
    {
        var path = Uri.TryCreate(url, UriKind.Absolute, out var absolute) && absolute.Scheme != "file" ? Uri.UnescapeDataString(absolute.PathAndQuery) : url;
        var segments = path.Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            var extension = segments[i].EndsWith(".json", StringComparison.Ordinal) ? ".json" : "";
            var segment = segments[i][..^extension.Length];
            if (PropertyOf(segment, i > 0 ? segments[i - 1] : "", example) is { } property) segments[i] = $"{{{property}}}{extension}";
        }
        return string.Join('/', segments);
    }

    /// <summary>The property whose value a segment is; of several, the one named for the collection before it, else the resource's own SID.</summary>
    private static string? PropertyOf(string segment, string collection, JsonElement example)
    {
        if (segment.Length < 2 || segment.Any(c => c is '?' or '=')) return null;
        var candidates = example.EnumerateObject()
            .Where(p => p.Value.ValueKind == JsonValueKind.String && p.Value.GetString() == segment)
            .Select(p => p.Name)
            .Where(n =>
                n is "sid" or "id" || n.EndsWith("_sid", StringComparison.Ordinal) || IsSid(segment)
                    || n is "identity" or "unique_name" or "phone_number" or "country" or "iso_country" or "key" or "day")
            .ToList();
        if (candidates.Count == 0) return null;
        var stem = collection.TrimEnd('s').ToLowerInvariant();
        return candidates.Find(c => stem.Length > 2 && c.Replace("_", "", StringComparison.Ordinal).StartsWith(stem, StringComparison.Ordinal))
            ?? candidates.Find(c => c == "sid") ?? candidates[0];
    }

    private static bool IsSid(string text) => text.Length == 34 && char.IsAsciiLetterUpper(text[0]) && char.IsAsciiLetterUpper(text[1]);
}
