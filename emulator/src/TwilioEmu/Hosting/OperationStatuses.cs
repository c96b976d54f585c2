using TwilioEmu.Rest.Catalog;

namespace TwilioEmu.Hosting;

/// <summary>
/// The HTTP statuses with which operations succeed, by operationId and path: products share names (CreateMessage, CreateService).
/// </summary>
internal sealed class OperationStatuses
{
    // Read when the first request is told: start-up does not wait for two score documents.
    private readonly Lazy<Dictionary<string, (string[] Path, int Status)[]>> _statuses = new(() => ApiCatalog.Open().Documents
        .SelectMany(d => d.Operations)
        .GroupBy(o => o.Id, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.Select(o => (Segments(o.Path), o.Status)).ToArray(), StringComparer.Ordinal));

    /// <summary>Null for one that nobody knows, and where two products use name and path with different ends.</summary>
    public int? Of(string operation, string path)
    {
        if (!_statuses.Value.TryGetValue(operation, out var known)) return null;
        var asked = Segments(path);
        return known.Where(k => known.Length == 1 || Fits(k.Path, asked)).Select(k => k.Status).Distinct().Take(2).ToArray() is [var only]
            ? only
            : null;
    }

    private static string[] Segments(string path) => path.Split('?', 2)[0].Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What stands in braces fits any segment; a base URL may have the product in front.</summary>
    private static bool Fits(string[] template, string[] asked) =>
        asked.Length - template.Length is 0 or 1
            && template.Zip(asked[^template.Length..]).All(p => p.First.Contains('{', StringComparison.Ordinal) || p.First == p.Second);
}
