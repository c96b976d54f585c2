using TwilioEmu.Rest.Catalog;

namespace TwilioEmu.Hosting;

/// <summary>The HTTP statuses with which operations succeed, by operationId.</summary>
internal sealed class OperationStatuses
{
    // Read when the first request is told: start-up does not wait for two score documents.
    private readonly Lazy<Dictionary<string, int?>> _statuses = new(() => ApiCatalog.Open().Documents
        .SelectMany(d => d.Operations)
        .GroupBy(o => o.Id, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.Select(o => o.Status).Distinct().Take(2).ToArray() is [var only] ? (int?)only : null, StringComparer.Ordinal));

    /// <summary>Null for one that nobody knows, and for a name that two products use otherwise.</summary>
    public int? Of(string operation) => _statuses.Value.GetValueOrDefault(operation);
}
