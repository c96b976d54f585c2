using System.Text.Json.Nodes;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Rest.Catalog;

namespace TwilioEmu.Rest.Resources;

/// <summary>Hands products the stored resources, a collection at a time (repositories): TwiML Apps, pools of services, sessions.</summary>
/// <remarks>
/// Loop-confined. A product names the collections it uses once, where it attaches;
/// a path that no document has is found by a test (<see cref="Strays"/>).
/// </remarks>
public sealed class StoredDocuments
{
    private readonly ApiCatalog _catalog;
    private readonly StoredEntries _entries;
    private readonly Func<AccountSid, string, string, JsonObject, Document> _plant;
    private readonly List<StoredCollection> _handed = [];

    internal StoredDocuments(
        World world, ApiCatalog catalog, StoredEntries entries, Func<AccountSid, string, string, JsonObject, Document> plant) =>
        (World, _catalog, _entries, _plant) = (world, catalog, entries, plant);

    internal World World { get; }

    /// <summary>Collections that were handed out and that no document has: slips in the composition, for a test to find.</summary>
    /// <remarks>Reads the documents.</remarks>
    public IEnumerable<string> Strays =>
        _handed.Where(c => _catalog.Find(c.Document)?.CollectionAt(c.Path) is null).Select(c => $"{c.Document} {c.Path}");

    /// <summary>A collection of an API document. The document itself is read when something of the collection is first changed.</summary>
    /// <param name="document">The API's name: <c>sync_v1</c>, <c>api_v2010</c>.</param>
    /// <param name="path">Of the list, as the document has it: <c>/v1/Services/{ServiceSid}/Maps</c>.</param>
    /// <exception cref="InvalidOperationException">There is no such document: the product's fault.</exception>
    public StoredCollection Of(string document, string path)
    {
        var host = _catalog.HostOf(document) ?? throw new InvalidOperationException($"no API is called {document}");
        var collection = new StoredCollection(this, document, host, path);
        _handed.Add(collection);
        return collection;
    }

    internal EntryKind KindOf(StoredCollection of, string what) => _entries.Of(
        _catalog.Find(of.Document)!.CollectionAt(of.Path) ?? throw new InvalidOperationException($"{of.Document} has no list {of.Path}"),
        what);

    internal Document Plant(AccountSid account, string host, string path, JsonObject properties) => _plant(account, host, path, properties);
}
