using TwilioEmu.Kernel.Journal;
using TwilioEmu.Rest.Catalog;

namespace TwilioEmu.Rest.Resources;

/// <summary>
/// The journal kinds of stored resources, read off the catalog: <c>sync_list.created</c>, with the members the resource shows.
/// </summary>
/// <remarks>
/// Where a name is a product's own already, the API's goes before it:
/// a message of Chat is <c>chat_message.created</c>, for <c>message</c> is a text.
/// </remarks>
/// <param name="isTaken">Whether a product declared kinds about a thing of this name.</param>
public sealed class StoredEntries(Func<string, bool> isTaken)
{
    private static readonly (string What, string Means)[] Changes =
    [
        ("created", "was made"), ("updated", "was changed"), ("deleted", "was deleted"),
        ("planted", "was put there through the control API"),
    ];

    private readonly Dictionary<(Collection Collection, string What), EntryKind> _kinds = [];

    /// <summary>The kind of what happened to one of a collection. Loop-confined.</summary>
    public EntryKind Of(Collection collection, string what)
    {
        if (!_kinds.TryGetValue((collection, what), out var kind)) _kinds[(collection, what)] = kind = Make(collection, what);
        return kind;
    }

    /// <summary>All kinds of the resources of one document.</summary>
    public IEnumerable<EntryKind> Of(CatalogDocument document) =>
        document.Operations.Select(o => o.Collection).Distinct().SelectMany(c => Changes.Select(change => Make(c, change.What)));

    private EntryKind Make(Collection collection, string what)
    {
        var operation = collection.Fetch ?? collection.Create ?? collection.Update ?? collection.Operations[0];
        var name = operation.Shape?.ShortName ?? "document";
        if (isTaken(name)) name = $"{operation.Document[..Math.Max(operation.Document.IndexOf('_', StringComparison.Ordinal), 1)]}_{name}";
        var means = Changes.First(c => c.What == what).Means;
        return new EntryKind(
            $"{name}.{what}", $"a resource of {operation.Host} {means}",
            [.. collection.Operations.SelectMany(MembersOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)])
        {
            KeepsPrevious = what == "updated",
        };
    }

    private static IEnumerable<string> MembersOf(Operation operation) =>
        (operation.Shape?.Properties.Select(p => p.Name) ?? [])
            .Concat(operation.Parameters.Where(p => p.Place == ParameterPlace.Form).Select(p => p.Property));
}
