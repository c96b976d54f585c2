using System.Globalization;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Sync;

/// <summary>Items of lists, by number, and of maps, by key.</summary>
/// <remarks>Loop-confined. twilio.com/docs/sync/api/listitem-resource, /mapitem-resource.</remarks>
internal sealed class ItemOperations(SyncDocuments shelf, SyncExpiry expiry, CatalogDocument catalog)
{
    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays =>
    [
        ("CreateSyncListItem", Change("UpdateSyncList")),
        ("UpdateSyncListItem", Change("UpdateSyncList")),
        ("FetchSyncListItem", (request, stored) => stored(request)),
        ("DeleteSyncListItem", (request, stored) => stored(request)),
        ("ListSyncListItem", ListByNumber),
        ("CreateSyncMapItem", Change("UpdateSyncMap")),
        ("UpdateSyncMapItem", Change("UpdateSyncMap")),
        ("FetchSyncMapItem", (request, stored) => stored(request)),
        ("DeleteSyncMapItem", (request, stored) => stored(request)),
        ("ListSyncMapItem", ListByKey),
    ];

    private Overlay Change(string updateParent)
    {
        var parent = catalog.Find(updateParent)!;
        return (request, stored) =>
        {
            var form = request.Form;
            var isCreate = request.Operation.Kind == OperationKind.Create;
            if ((SyncRules.OfKey(form) ?? SyncRules.OfData(form, SyncRules.MaxData) ?? SyncRules.OfTtl(form)) is { } fault)
            {
                return new Answer.Refusal(fault);
            }
            if (!isCreate && form.Has("CollectionTtl") && !form.Has("Data") && !form.Has("Ttl") && !form.Has("ItemTtl"))
            {
                return Answer.Refuse(20001, "CollectionTtl can only be set together with Data or ItemTtl");
            }
            if (isCreate && form["Key"] is { } key && shelf.ListOf(request) is { } list && shelf.Table(request.Account, list).Contains(key))
            {
                return new Answer.Refusal(ErrorCodes.Error(54208));
            }
            var answer = stored(request with { Form = SyncRules.WithTtl(form, "ItemTtl") });
            if (answer is not Answer.Resource { Kept: Document made }) return answer;
            expiry.Watch(request, made);
            if (form["CollectionTtl"] is { Length: > 0 } ttl) Touch(request, parent, ttl, stored);
            return answer;
        };
    }

    /// <summary>Sets the time to live of the list or map that the item is in.</summary>
    private void Touch(RestRequest request, Operation update, string ttl, Behaviour stored)
    {
        if (shelf.ParentOf(request) is not var (list, parent)) return;
        var touching = request with
        {
            Operation = update,
            Path = $"{list}/{parent.Key}",
            PathValues = new PathValues(update.PathNames, [request.PathValues["ServiceSid"], parent.Key]),
            Form = new FormValues([KeyValuePair.Create("Ttl", ttl)]),
            IfMatch = null,
        };
        if (stored(touching) is Answer.Resource { Kept: Document touched }) expiry.Watch(touching, touched);
    }

    /// <summary>In the order of their numbers, from one on.</summary>
    private static Answer ListByNumber(RestRequest request, Behaviour stored)
    {
        var from = Given(request.Query["From"]);
        if (from is not null && !long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return Answer.Refuse(20001, $"Invalid From: '{from}' is not the index of an item");
        }
        var answer = stored(request with { Query = WithoutBounds(request.Query) });
        if (from is null || answer is not Answer.List list) return answer;
        var (first, isDescending, isExclusive) = (
            long.Parse(from, CultureInfo.InvariantCulture), IsDescending(request), IsExclusive(request));
        return new Answer.List(after => list.Walk(after).SkipWhile(i =>
        {
            var index = long.Parse(i.Key, CultureInfo.InvariantCulture);
            return (isDescending ? index > first : index < first) || (isExclusive && index == first);
        }));
    }

    /// <summary>By key, in the order of its characters' codes, from one on.</summary>
    private Answer ListByKey(RestRequest request, Behaviour stored)
    {
        var answer = stored(request with { Query = WithoutBounds(request.Query) });
        if (answer is not Answer.List || shelf.ListOf(request) is not { } list) return answer;
        var (from, isDescending, isExclusive) = (Given(request.Query["From"]), IsDescending(request), IsExclusive(request));
        var keys = shelf.Table(request.Account, list).OldestFirst().Select(d => d.Key).ToList();
        keys.Sort(string.CompareOrdinal);
        if (isDescending) keys.Reverse();
        var fetch = request.Operation.Collection.Fetch!;
        return new Answer.List(after => keys
            .SkipWhile(k => after is not null && !IsPast(k, after, isDescending, isExclusive: true))
            .SkipWhile(k => from is not null && !IsPast(k, from, isDescending, isExclusive))
            .Select(k => (k, stored(FetchOf(request, fetch, list, k)) is Answer.Resource resource ? resource.Face : null))
            .Where(i => i.Item2 is not null).Select(i => (i.k, (IFace)i.Item2!)));
    }

    private static RestRequest FetchOf(RestRequest request, Operation fetch, string list, string key) => request with
    {
        Operation = fetch,
        Path = $"{list}/{key}",
        PathValues = new PathValues(fetch.PathNames, [request.PathValues["ServiceSid"], request.PathValues["MapSid"], key]),
        Query = FormValues.Empty,
    };

    private static bool IsPast(string key, string bound, bool isDescending, bool isExclusive)
    {
        var order = string.CompareOrdinal(key, bound) * (isDescending ? -1 : 1);
        return order > 0 || (order == 0 && !isExclusive);
    }

    private static FormValues WithoutBounds(FormValues query) => new([.. query.Pairs.Where(p => p.Key is not ("From" or "Bounds"))]);

    private static bool IsDescending(RestRequest request) =>
        string.Equals(request.Query["Order"], "desc", StringComparison.OrdinalIgnoreCase);

    private static bool IsExclusive(RestRequest request) =>
        string.Equals(request.Query["Bounds"], "exclusive", StringComparison.OrdinalIgnoreCase);

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
