using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Rest.Resources;

/// <summary>Documents that come and go with another: its parent, what is made along with it, its children.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class DocumentRelatives(World world, ApiCatalog catalog, ResourceLocator places, DocumentMaker maker, StoredEntries entries)
{
    /// <summary>The document that an action is done to, and the table it lies in; null where it is not there.</summary>
    public (string Table, Document Document)? ParentOf(RestRequest request, ResourceAddress place, Collection parent)
    {
        var list = place.Path[..ResourceLocator.End(place.Path, parent.Depth)];
        var table = places.TableName(request.Operation, list);
        var key = place.Path[(list.Length + 1)..ResourceLocator.End(place.Path, parent.Depth + 1)];
        return places.Find(parent, table, request.Account, key) is { } document ? (table, document) : null;
    }

    /// <summary>The other things the live service makes along with a new one.</summary>
    public void Spawn(RestRequest request, ResourceAddress place, Document made)
    {
        var document = catalog.Find(request.Operation.Document)!;
        foreach (var spawn in Relations.Shared.SpawnedBy(request.Operation))
        {
            var path = spawn.ListPath.StartsWith('/')
                ? DocumentFace.Fill(spawn.ListPath, made, isEscaped: false)
                : $"{place.Path}/{made.Key}/{spawn.ListPath}";
            if (path is null || document.CollectionOf(path) is not { } collection
                || places.Canonical(collection, path, request) is not { } canonical)
            {
                continue;
            }
            var target = new ResourceAddress(canonical, places.TableName(request.Operation, canonical), null);
            var given = spawn.Values
                .Select(v => KeyValuePair.Create(v.Key, v.Value.StartsWith('@') ? made[v.Value[1..]] : v.Value))
                .Where(v => v.Value is not null).Select(v => KeyValuePair.Create(v.Key, v.Value!)).ToList();
            // What all its values were to come from is not there: a participant without an identity is no user.
            if (given.Count == 0) continue;
            var spawned = maker.Make(request, collection.Fetch ?? collection.List!, target, given);
            var table = places.Table(target.Table, request.Account);
            if (table.Contains(spawned.Key) || (spawned.Alias is { } alias && table.FindByAlias(alias) is not null)) continue;
            world.Store.Put(Document.TableOf(target.Table), request.Account, spawned, entries.Of(collection, "created"), request.Cause);
        }
    }

    /// <summary>Everything below an instance goes with it.</summary>
    public void DeleteChildren(Operation operation, string instancePath, AccountSid account, long cause)
    {
        foreach (var child in operation.Collection.Children)
        {
            // What the child's path has beyond the parent's instance: literal segments only, the parent being the nearest.
            var listPath = instancePath + child.Path[ResourceLocator.End(child.Path, operation.Collection.Depth + 1)..];
            var table = places.TableName(operation, listPath);
            foreach (var key in places.Table(table, account).OldestFirst().Select(d => d.Key).ToList())
            {
                var gone = world.Store.Remove(Document.TableOf(table), account, key, entries.Of(child, "deleted"), cause)!;
                DeleteChildren(child.Operations[0], $"{listPath}/{key}", account, gone.Seq);
            }
            // Their parent's SID is never given again.
            world.Store.Forget(table, account);
        }
    }
}
