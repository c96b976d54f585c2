using TwilioEmu.Kernel;
using TwilioEmu.Rest;
using TwilioEmu.Rest.Catalog;

namespace TwilioEmu.Products.Sync;

/// <summary>Sync of one world: what its objects may hold, how long they last, and in what order items are read.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/sync/api. Objects are the generic stored resources; this room lies over them. Permissions are kept and
/// shown; nobody but programs with an account's credentials comes here, so there is nobody to bar.
/// </remarks>
public sealed class SyncProduct
{
    private const string Document = "sync_v1";

    private readonly SyncExpiry _expiry;
    private readonly ObjectOperations _objects;
    private readonly ItemOperations _items;

    public SyncProduct(World world, ApiCatalog catalog)
    {
        var shelf = new SyncDocuments(world);
        _expiry = new SyncExpiry(shelf);
        _objects = new ObjectOperations(_expiry);
        _items = new ItemOperations(shelf, _expiry, catalog.Find(Document)!);
    }

    /// <summary>Lays it over the door's stored resources.</summary>
    public void HangOn(FrontDoor door)
    {
        foreach (var (id, overlay) in _objects.Overlays.Concat(_items.Overlays))
        {
            door.Over($"{Document}/{id}", (request, stored) =>
            {
                _expiry.Expire(stored);
                return overlay(request, stored);
            });
        }
    }
}
