using System.Text.Json.Nodes;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Rest.Resources;

/// <summary>What an operation does that no product has taken on: it keeps documents, and shows, lists, changes and deletes them.</summary>
/// <remarks>
/// Loop-confined. All it knows of a resource it has from the catalog and the table of relations. A table is one concrete list path, so
/// children are apart by parent and a list costs what it shows; they go with their parent.
/// </remarks>
internal sealed class StoredResources
{
    private readonly World _world;
    private readonly Relations _relations = Relations.Shared;
    private readonly ResourceLocator _places;
    private readonly DocumentMaker _maker;
    private readonly DocumentChecks _checks;
    private readonly DocumentRelatives _relatives;
    private readonly Func<Operation, Lack?> _lackOf;
    private readonly Manners _manners;

    /// <param name="world">Where it is kept.</param>
    /// <param name="catalog">The operations.</param>
    /// <param name="behaviourOf">What a product has taken on.</param>
    /// <param name="lackOf">What is missing of an operation.</param>
    /// <param name="manners">What this door says and does otherwise than another.</param>
    public StoredResources(
        World world, ApiCatalog catalog, Func<Operation, Behaviour?> behaviourOf, Func<Operation, Lack?> lackOf, Manners manners)
    {
        (_lackOf, _manners) = (lackOf, manners);
        _world = world;
        _places = new ResourceLocator(world, catalog, _relations, behaviourOf);
        _maker = new DocumentMaker(world, _places, _relations);
        _checks = new DocumentChecks(_places, manners.Codes);
        _relatives = new DocumentRelatives(world, catalog, _places, _maker, manners.Entries);
    }

    public Answer Serve(RestRequest request)
    {
        if (_places.Find(request) is not { } place) return Answer.NotFound(request);
        if (!_manners.StoresUnbuilt && _lackOf(request.Operation) is { IsMain: true } lack) return Unbuilt(request.Operation, lack);
        return request.Operation.Kind switch
        {
            OperationKind.Create => Create(request, place),
            OperationKind.List => List(request, place),
            OperationKind.Fetch => Fetch(request, place),
            OperationKind.Update => Update(request, place),
            OperationKind.Delete => Delete(request, place),
            _ => Act(request, place),
        };
    }

    /// <summary>Puts a document where the API itself never makes one: the results of what only the live service does.</summary>
    /// <param name="request">A fetch or a list with the properties for a body.</param>
    /// <returns>The document, or null when a parent is not there.</returns>
    public Document? Put(RestRequest request)
    {
        if (_places.Find(request) is not { } place) return null;
        var collection = request.Operation.Collection;
        var document = _maker.MakePlanted(request, place);
        _world.Store.Put(TableAt(place), request.Account, document, Kind(collection, "planted"), request.Cause);
        return document;
    }

    private static TableKey<Document> TableAt(ResourceAddress place) => Document.TableOf(place.Table);

    private Answer Create(RestRequest request, ResourceAddress place)
    {
        if (_checks.WrongWord(request) is { } wrong) return wrong;
        var document = _maker.Make(request, place, null);
        if (_checks.Clash(request, place, document) is { } clash) return clash;
        var kept = WithoutSecret(document);
        _world.Store.Put(TableAt(place), request.Account, kept, Kind(request.Operation.Collection, "created"), request.Cause);
        _relatives.Spawn(request, place, document);
        WarnOfLack(request);
        return Show(request, document) with { Kept = kept };
    }

    private Answer List(RestRequest request, ResourceAddress place)
    {
        // A list at an instance's own path is what that instance consists of.
        if (place.Key is { } of && of != ResourceAddress.Only)
        {
            if (Find(request, place) is not { } owner) return Answer.NotFound(request);
            place = new ResourceAddress($"{place.Path}/{owner.Key}", $"{place.Table}/{owner.Key}", null);
        }
        var table = _places.Table(place.Table, request.Account);
        var shelf = _relations.BuiltIn(place.Table);
        if (DocumentFilter.Unknown(request.Operation, request.Query) is { Count: > 0 } filters)
        {
            _world.Journal.Warn(
                request.Account, request.Path, request.Cause,
                $"{request.Operation.Id} does not filter by these parameters; they are ignored", filters);
        }
        return new Answer.List(after => Walk(table, shelf, request, after));
    }

    private static IEnumerable<(string Key, IFace Face)> Walk(
        Table<Document> table, IReadOnlyList<Document> shelf, RestRequest request, string? after)
    {
        // What has an order to ask for is kept in the order it came (twilio.com/docs/conversations/api/conversation-message-resource).
        var order = request.Operation.Find(ParameterPlace.Query, "Order");
        var isAscending = order is not null && !string.Equals(request.Query["Order"], "desc", StringComparison.OrdinalIgnoreCase);
        var builtInAt = after is null ? -1 : IndexOf(shelf, after);
        if (builtInAt < 0)
        {
            foreach (var document in isAscending ? table.OldestFirst(after) : table.NewestFirst(after))
            {
                if (DocumentFilter.Passes(document, request.Operation, request.Query)) yield return (document.Key, Face(request, document));
            }
        }
        for (var i = builtInAt + 1; i < shelf.Count; i++)
        {
            if (DocumentFilter.Passes(shelf[i], request.Operation, request.Query)) yield return (shelf[i].Key, Face(request, shelf[i]));
        }
    }

    private Answer Fetch(RestRequest request, ResourceAddress place)
    {
        if (Find(request, place) is { } document) return Show(request, document);
        if (place.Key == ResourceAddress.Only && KeysShown(request, place) is { } roll) return Show(request, roll);
        return IsThereFromTheStart(request, request.Operation, place)
            ? Show(request, _maker.MakeCalled(request, place))
            : Answer.NotFound(request);
    }

    /// <summary>
    /// A view of a whole list by its keys: <c>operator_sids</c> of what is attached (twilio.com/docs/conversational-intelligence/api).
    /// </summary>
    private Document? KeysShown(RestRequest request, ResourceAddress place)
    {
        if (request.Operation.Collection.KeyName is not { } keyName) return null;
        var property = request.Operation.Shape!.Properties.FirstOrDefault(p =>
            p.Facts.IsArray && SnakeCase.AreAlike(p.Name, keyName + "s"));
        if (property is null) return null;
        var keys = new JsonArray([
            .. _places.Table(place.Table, request.Account).OldestFirst().Select(d => (JsonNode?)JsonValue.Create(d.Key)),
        ]);
        return _maker.Change(
            request.Operation, _maker.Make(request, place, ResourceAddress.Only),
            [KeyValuePair.Create(property.Name, keys.ToJsonString())]);
    }

    private Answer Update(RestRequest request, ResourceAddress place)
    {
        var document = Find(request, place);
        var isNew = document is null;
        if (document is null)
        {
            if (place.Key != ResourceAddress.Only && !_relations.IsUpserted(request.Operation.Collection)
                && !IsThereFromTheStart(request, request.Operation, place))
            {
                return Answer.NotFound(request);
            }
            document = _maker.MakeCalled(request, place);
        }
        else
        {
            if (_checks.Mismatch(request, document) is { } mismatch) return mismatch;
            document = _maker.Merge(request, document);
            if (_checks.Clash(request, place, document) is { } clash) return clash;
        }
        var kind = Kind(request.Operation.Collection, isNew ? "created" : "updated");
        _world.Store.Put(TableAt(place), request.Account, document, kind, request.Cause);
        _relatives.Spawn(request, place, document);
        WarnOfLack(request);
        return request.Operation.Shape is null ? new Answer.NoContent() : Show(request, document) with { Kept = document };
    }

    private Answer Delete(RestRequest request, ResourceAddress place)
    {
        if (_relations.IsOnly(request.Operation.Collection)) place = place with { Key = ResourceAddress.Only };
        if (Find(request, place) is not { } document) return Answer.NotFound(request);
        if (_checks.Mismatch(request, document) is { } mismatch) return mismatch;
        var kind = Kind(request.Operation.Collection, "deleted");
        var gone = _world.Store.Remove(TableAt(place), request.Account, document.Key, kind, request.Cause);
        if (gone is null) return Answer.NotFound(request);
        _relatives.DeleteChildren(request.Operation, $"{place.Path}/{document.Key}", request.Account, gone.Seq);
        return request.Operation.Shape is null ? new Answer.NoContent() : Show(request, document);
    }

    /// <summary>
    /// Changes the parent where that is all the action does;
    /// else answers in the right shape and says in the journal that this is all it did.
    /// </summary>
    private Answer Act(RestRequest request, ResourceAddress place)
    {
        var operation = request.Operation;
        // Where it would lead to is never made; who asked for unbuilt things to be kept finds nothing kept.
        if (operation.Status >= 300)
        {
            return _manners.StoresUnbuilt
                ? Answer.NotFound(request)
                : new Answer.Refusal(new TwilioError(20001, 501, $"{operation.Id} is not emulated"));
        }
        if (_relations.ActOf(operation) is { } changes && operation.Collection.Parent is { } parent
            && _relatives.ParentOf(request, place, parent) is { } found)
        {
            var changed = _maker.Change(parent.Fetch!, found.Document, changes);
            _world.Store.Put(Document.TableOf(found.Table), request.Account, changed, Kind(parent, "updated"), request.Cause);
            return Show(request, changed);
        }
        if (_lackOf(operation) is { } lack)
        {
            _world.Journal.Warn(
                request.Account, request.Path, request.Cause,
                $"{operation.Id} is not emulated: the answer has the right shape, but {lack.Words}");
        }
        return operation.Shape is null ? new Answer.NoContent() : Show(request, _maker.Make(request, place, null));
    }

    /// <summary>No success where what was asked for does not come about; the body says how to have it kept all the same.</summary>
    private static Answer.Refusal Unbuilt(Operation operation, Lack lack) => new(new TwilioError(
        20001, 501,
        $"{operation.Id} is not emulated: {lack.Words}. To have it answered with success, and kept where there is something to keep, start "
            + "TwilioEmu with --unbuilt store"));

    private void WarnOfLack(RestRequest request)
    {
        if (_lackOf(request.Operation) is not { } lack) return;
        _world.Journal.Warn(request.Account, request.Path, request.Cause, $"{request.Operation.Id} is kept and shown, but {lack.Words}");
    }

    private Document? Find(RestRequest request, ResourceAddress place) =>
        place.Key is null ? null : _places.Find(request.Operation.Collection, place.Table, request.Account, place.Key!);

    /// <summary>
    /// Settings are there before anybody changes them, unless they can be made and deleted;
    /// so is what has a natural name and is neither made nor listed.
    /// </summary>
    private bool IsThereFromTheStart(RestRequest request, Operation operation, ResourceAddress place) =>
        _relations.MirrorOf(operation.Collection) is { } mirrored ? _places.IsThere(request, mirrored, place.Key!) :
        place.Key == ResourceAddress.Only
            ? operation.Collection.Delete is not { } delete || delete.Path != (operation.Collection.Fetch ?? operation).Path
            : ResourceLocator.IsOpen(operation.Collection) && !SidMint.IsSid(place.Key!);

    private static int IndexOf(IReadOnlyList<Document> shelf, string key)
    {
        for (var i = 0; i < shelf.Count; i++) if (shelf[i].Key == key) return i;
        return -1;
    }

    private static Document WithoutSecret(Document document) =>
        document["secret"] is null
            ? document
            : document with { Values = document.Values.Where(v => v.Key != "secret").ToDictionary(StringComparer.Ordinal) };

    private static Answer.Resource Show(RestRequest request, Document document) =>
        new(Face(request, document))
        {
            ETag = request.Operation.Find(ParameterPlace.Header, "If-Match") is null && document["revision"] is null
                ? null
                : $"\"{DocumentChecks.TagOf(document)}\"",
        };

    private static DocumentFace Face(RestRequest request, Document document) =>
        new(document, request.Operation.Shape!, request.Operation.IsClassic);

    private EntryKind Kind(Collection collection, string what) => _manners.Entries.Of(collection, what);

    /// <summary>What one door says and does otherwise than another.</summary>
    /// <param name="Entries">How the journal calls what happens to stored resources.</param>
    /// <param name="Codes">What products say in codes of their own.</param>
    /// <param name="StoresUnbuilt">True keeps what has no effect here, with a warning; false refuses it.</param>
    internal sealed record Manners(StoredEntries Entries, ApiCodeBook Codes, bool StoresUnbuilt);
}
