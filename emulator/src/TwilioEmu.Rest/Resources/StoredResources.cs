using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Rest.Resources;

/// <summary>What an operation does that no product has taken on: it keeps documents, and shows, lists, changes and deletes them.</summary>
/// <remarks>
/// Loop-confined. All it knows of a resource it has from the catalog. A table is one concrete list path, so children are apart by
/// parent and a list costs what it shows; they go with their parent.
/// </remarks>
internal sealed class StoredResources(World world, Func<Operation, Behaviour?> behaviourOf)
{
    private const string OnlyOne = "only";

    public Answer Serve(RestRequest request)
    {
        var listPath = ListPath(request);
        if (request.Operation.Kind is OperationKind.Create or OperationKind.List or OperationKind.Action && !ParentExists(request))
        {
            return Answer.NotFound(request);
        }
        return request.Operation.Kind switch
        {
            OperationKind.Create => Create(request, listPath),
            OperationKind.List => List(request, listPath),
            OperationKind.Fetch => Fetch(request, listPath),
            OperationKind.Update => Update(request, listPath),
            OperationKind.Delete => Delete(request, listPath),
            _ => Act(request, listPath),
        };
    }

    private static TableKey<Document> TableAt(string listPath) => new(listPath);

    private Answer Create(RestRequest request, string listPath)
    {
        var document = NewDocument.Make(world, request, listPath);
        if (world.Store.Table(TableAt(listPath), request.Account).Contains(document.Key))
        {
            return new Answer.Refusal(ErrorCodes.Error(20409, $"{document.Key} is here already"));
        }
        world.Store.Put(TableAt(listPath), request.Account, WithoutSecret(document), Kind(request.Operation.Collection, "created"), request.Cause);
        return Show(request, document);
    }

    private Answer.List List(RestRequest request, string listPath)
    {
        var table = world.Store.Table(TableAt(listPath), request.Account);
        return new Answer.List(after => Walk(table, request, after));
    }

    private static IEnumerable<(string Key, IFace Face)> Walk(Table<Document> table, RestRequest request, string? after)
    {
        foreach (var document in table.NewestFirst(after))
        {
            if (!DocumentFilter.Passes(document, request.Operation, request.Query)) continue;
            yield return (document.Key, Face(request, document));
        }
    }

    private Answer Fetch(RestRequest request, string listPath)
    {
        if (IsSingleton(request.Operation))
        {
            if (!ParentExists(request)) return Answer.NotFound(request);
            return Show(request, Find(request, listPath, OnlyOne) ?? NewDocument.Make(world, request, listPath));
        }
        return Find(request, listPath, KeyOf(request)) is { } document ? Show(request, document) : Answer.NotFound(request);
    }

    private Answer Update(RestRequest request, string listPath)
    {
        if (Find(request, listPath, KeyOf(request)) is not { } document) return Answer.NotFound(request);
        var merged = NewDocument.Merge(world, request, document);
        world.Store.Put(TableAt(listPath), request.Account, merged, Kind(request.Operation.Collection, "updated"), request.Cause);
        return Show(request, merged);
    }

    private Answer Delete(RestRequest request, string listPath)
    {
        var kind = Kind(request.Operation.Collection, "deleted");
        var gone = world.Store.Remove(TableAt(listPath), request.Account, KeyOf(request), kind, request.Cause);
        if (gone is null) return Answer.NotFound(request);
        DeleteChildren(request.Operation.Collection, $"{listPath}/{KeyOf(request)}", request.Account, gone.Seq);
        return new Answer.NoContent();
    }

    /// <summary>Answers in the right shape and says in the journal that this is all it did.</summary>
    private Answer Act(RestRequest request, string listPath)
    {
        if (request.Operation.Shape is null || request.Operation.Status >= 300)
        {
            return new Answer.Refusal(new TwilioError(20001, 501, $"{request.Operation.Id} is not emulated"));
        }
        world.Journal.Write(
            request.Account, "request.warning", request.Path, request.Cause,
            ("warning", $"{request.Operation.Id} is not emulated: the answer has the right shape, and nothing was done"));
        return Show(request, NewDocument.Make(world, request, listPath));
    }

    private void DeleteChildren(Collection parent, string instancePath, AccountSid account, long cause)
    {
        foreach (var child in parent.Children)
        {
            // What the child's path has beyond the parent's instance: literal segments only, the parent being the nearest.
            var listPath = instancePath + child.Path[EndOfSegment(child.Path, SegmentCount(parent.Path) + 1)..];
            foreach (var key in world.Store.Table(TableAt(listPath), account).OldestFirst().Select(d => d.Key).ToList())
            {
                var gone = world.Store.Remove(TableAt(listPath), account, key, Kind(child, "deleted"), cause)!;
                DeleteChildren(child, $"{listPath}/{key}", account, gone.Seq);
            }
        }
    }

    /// <summary>True when the thing the collection belongs to is there, whoever keeps it. That the account is, the gatekeeper saw.</summary>
    private bool ParentExists(RestRequest request)
    {
        var parent = request.Operation.Collection.Parent;
        if (parent?.Fetch is not { } fetch || parent.Path == "/2010-04-01/Accounts") return true;
        var names = fetch.PathNames;
        var values = request.PathValues is PathValues path ? path.Values.Take(names.Count).ToArray() : [.. request.PathValues.Values.Take(names.Count)];
        var path1 = request.Path[..EndOfSegment(request.Path, SegmentCount(parent.Path) + 1)];
        var lookup = new RestRequest
        {
            Operation = fetch,
            Caller = request.Caller,
            Account = request.Account,
            Path = path1 + ".json",
            PathValues = new PathValues(names, values),
            Query = FormValues.Empty,
            Form = FormValues.Empty,
            BaseUrl = request.BaseUrl,
            Cause = 0,
        };
        var answer = behaviourOf(fetch) is { } behaviour ? behaviour(lookup) : Fetch(lookup, ListPath(lookup));
        return answer is Answer.Resource;
    }

    private Document? Find(RestRequest request, string listPath, string key) => world.Store.Table(TableAt(listPath), request.Account).Find(key);

    private static string KeyOf(RestRequest request) => request.PathValues[request.Operation.PathNames[^1]];

    private static bool IsSingleton(Operation operation) => operation.Kind == OperationKind.Fetch && operation.Collection.KeyName is null;

    private static Document WithoutSecret(Document document) =>
        document["secret"] is null ? document : document with { Values = document.Values.Where(v => v.Key != "secret").ToDictionary(StringComparer.Ordinal) };

    private static Answer Show(RestRequest request, Document document) => Answer.Of(Face(request, document));

    private static DocumentFace Face(RestRequest request, Document document) =>
        new(document, request.Operation.Shape!, request.Operation.IsClassic);

    private static string Kind(Collection collection, string what) =>
        $"{(collection.Fetch ?? collection.Create)?.Shape?.ShortName ?? "document"}.{what}";

    private static string ListPath(RestRequest request) =>
        request.Path[..EndOfSegment(request.Path, SegmentCount(request.Operation.Collection.Path))].Replace(".json", "", StringComparison.Ordinal);

    private static int SegmentCount(string path) => path.AsSpan().Count('/');

    /// <summary>Where the nth segment of a path ends.</summary>
    private static int EndOfSegment(string path, int count)
    {
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            at = path.IndexOf('/', at + 1);
            if (at < 0) return path.Length;
        }
        return at;
    }
}
