using TwilioEmu.Accounts.Attaching;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Sync;

/// <summary>Sync of one world: what its objects may hold, how long they last, and in what order items are read.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/sync/api. Objects are the generic stored resources; this room lies over them. Permissions are kept and
/// shown; nobody but programs with an account's credentials comes here, so there is nobody to bar.
/// </remarks>
public sealed class SyncProduct : IProduct
{
    private const string Document = "sync_v1";

    private Action? _resume;

    /// <inheritdoc/>
    public void Resume() => _resume?.Invoke();

    /// <inheritdoc/>
    public void Attach(Floor floor)
    {
        floor.Door.Declare(new(Document)
        {
            Parameters =
            [
                new(54101, Parameter: "Data"), new(54209, Parameter: "Key"), new(54302, Parameter: "UniqueName"),
                new(54011, Parameter: "Ttl"), new(54011, Parameter: "ItemTtl"), new(54011, Parameter: "CollectionTtl"),
            ],
            Taken = (54301, 409),
            Stale = new TwilioError(54103, 412, "The revision given in If-Match is not the present one"),
        });
        var documents = new SyncDocuments(floor.World);
        var expiry = new SyncExpiry(documents);
        _resume = () => expiry.Resume(floor.Catalog.Find(Document)!);
        var objects = new ObjectOperations(expiry);
        var items = new ItemOperations(documents, expiry, floor.Catalog.Find(Document)!);
        floor.Lay(objects.Overlays.Concat(items.Overlays).Select(o => (o.OperationId, AfterExpiry(o.Overlay))), Document);

        Overlay AfterExpiry(Overlay overlay) => (request, stored) =>
        {
            expiry.Expire(stored);
            return overlay(request, stored);
        };
    }
}
