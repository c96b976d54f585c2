using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Sync;

/// <summary>Finds what the stored resources keep of Sync.</summary>
/// <remarks>Loop-confined. A table is named as the list's path without its version: <c>sync/Services/IS.../Maps/MP.../Items</c>.</remarks>
internal sealed class SyncDocuments(World world)
{
    // "/v1/Services/IS.../Maps" and "/v1/Services/IS.../Maps/MP.../Items": where lists of objects and of items end.
    private const int ObjectDepth = 5;
    private const int ItemDepth = 7;

    public World World => world;

    /// <summary>The documents of a list.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="path">The list's path, parents by their SIDs.</param>
    public Table<Document> Table(AccountSid account, string path) => world.Store.Table(Document.TableOf("sync" + path[3..]), account);

    /// <summary>The list that a request is about, parents by their SIDs; null when a parent is not there.</summary>
    public string? ListOf(RestRequest request)
    {
        var segments = request.Path.Split('/');
        if (segments.Length <= ObjectDepth + 1) return string.Join('/', segments.Take(ObjectDepth));
        return ParentOf(request) is var (list, parent) ? $"{list}/{parent.Key}/{segments[ItemDepth - 1]}" : null;
    }

    /// <summary>The list or map that a request's items are in.</summary>
    public (string List, Document Parent)? ParentOf(RestRequest request)
    {
        var segments = request.Path.Split('/');
        if (segments.Length < ItemDepth) return null;
        var list = string.Join('/', segments.Take(ObjectDepth));
        return Find(Table(request.Account, list), segments[ObjectDepth]) is { } parent ? (list, parent) : null;
    }

    private static Document? Find(Table<Document> table, string called) => table.Find(called) ?? table.FindByAlias(called);
}
