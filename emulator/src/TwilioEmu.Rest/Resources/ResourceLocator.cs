using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Rest.Resources;

/// <summary>Finds where a request points: parents are looked up, by whatever name they were called, and must be there.</summary>
/// <remarks>Loop-confined. Costs one look-up per parent.</remarks>
internal sealed class ResourceLocator(World world, ApiCatalog catalog, Relations relations, Func<Operation, Behaviour?> behaviourOf)
{
    private const string Accounts = "/2010-04-01/Accounts";

    private readonly Dictionary<Collection, Identity> _identities = [];

    /// <summary>How things of a collection are told apart.</summary>
    public Identity IdentityOf(Collection collection)
    {
        if (!_identities.TryGetValue(collection, out var identity)) _identities.Add(collection, identity = Identity.Of(collection));
        return identity;
    }

    /// <summary>The place, or null when a parent is not there.</summary>
    public ResourceAddress? Find(RestRequest request)
    {
        var collection = request.Operation.Collection;
        var path = WithoutExtension(request.Path);
        if (Canonical(collection, path, request) is not { } canonical) return null;
        path = canonical;
        var listEnd = End(path, collection.Depth);
        var list = listEnd == path.Length ? path : path[..listEnd];
        var name = listEnd < path.Length ? path[(listEnd + 1)..]
            : request.Operation.Kind is OperationKind.Create or OperationKind.List ? null
            : ResourceAddress.Only;
        return new ResourceAddress(list, TableName(request.Operation, list), name);
    }

    /// <summary>A path with every parent's own key in it, or null when one is not there.</summary>
    public string? Canonical(Collection collection, string path, RestRequest request)
    {
        foreach (var ancestor in collection.Ancestors)
        {
            if (ancestor.Path == Accounts) continue;
            var start = End(path, ancestor.Depth) + 1;
            var end = End(path, ancestor.Depth + 1);
            var called = path[start..end];
            if (KeyOf(ancestor, path, called, request) is not { } key) return null;
            if (key != called) path = string.Concat(path.AsSpan(0, start), key, path.AsSpan(end));
        }
        return path;
    }

    /// <summary>
    /// True when another list has a thing of that key: <c>/2010-04-01/Accounts/{AccountSid}/Calls</c>, or a table's name.
    /// </summary>
    public bool IsThere(RestRequest request, string list, string key)
    {
        if (!list.StartsWith('/'))
        {
            return Table(list, request.Account).Find(key) is not null || Table(list, request.Account).FindByAlias(key) is not null;
        }
        var fetch = catalog.Find(ApiCatalog.ClassicDocument)!.CollectionAt(list)!.Fetch!;
        var path = list.Replace("{AccountSid}", request.Account.Value, StringComparison.Ordinal);
        if (behaviourOf(fetch) is not { } behaviour) return Table(path, request.Account).Contains(key);
        return behaviour(LookUp(request, fetch, $"{path}/{key}", [request.Account.Value, key])) is Answer.Resource;
    }

    /// <summary>
    /// The SID of a thing that a parameter may call by its unique name: the only list of the document whose things have such SIDs.
    /// </summary>
    public string? SidOf(RestRequest request, IReadOnlyList<string> prefixes, string name)
    {
        foreach (var collection in catalog.Find(request.Operation.Document)!.Collections)
        {
            if (collection.Path.Contains('{', StringComparison.Ordinal) || collection.Create?.Shape is not { SidPrefixes: [var prefix, ..] }
                || !prefixes.Contains(prefix))
            {
                continue;
            }
            if (Table(TableName(request.Operation, collection.Path), request.Account).FindByAlias(name) is { } found) return found.Key;
        }
        return null;
    }

    /// <summary>The documents of a table.</summary>
    public Table<Document> Table(string name, AccountSid account) => world.Store.Table(Document.TableOf(name), account);

    /// <summary>
    /// A document by its key or, where the path takes it, its other name; what is on the shelf for everybody counts as well.
    /// </summary>
    public Document? Find(Collection collection, string table, AccountSid account, string called)
    {
        var documents = Table(table, account);
        return documents.Find(called)
            ?? (IdentityOf(collection).IsAddressedByAlias ? documents.FindByAlias(called) : null)
            ?? relations.Newest(collection, called, documents.NewestFirst())
            ?? relations.BuiltIn(table).FirstOrDefault(d => d.Key == called || d.Alias == called);
    }

    /// <summary>The table of a list path.</summary>
    public string TableName(Operation operation, string listPath) =>
        TableName(relations, operation.IsClassic ? null : operation.Host, listPath);

    /// <summary>The table of a list path of a host label; null for 2010-04-01.</summary>
    public static string TableName(Relations relations, string? host, string listPath)
    {
        if (host is null) return listPath;
        // /v1/Services is Services: versions of an API show the same resources.
        var slash = listPath.Length > 2 && listPath[1] == 'v' && char.IsAsciiDigit(listPath[2]) ? listPath.IndexOf('/', 1) : 0;
        return relations.TableOf(host + (slash > 0 ? listPath[slash..] : listPath));
    }

    /// <summary>True when anything may be asked for here: nothing is made or listed, so there is nothing that could be missing.</summary>
    public static bool IsOpen(Collection collection) => collection.Create is null && collection.List is null && collection.Delete is null;

    internal static string WithoutExtension(string path) => path.EndsWith(".json", StringComparison.Ordinal) ? path[..^5] : path;

    /// <summary>Where the nth segment of a path ends.</summary>
    internal static int End(string path, int count)
    {
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            at = path.IndexOf('/', at + 1);
            if (at < 0) return path.Length;
        }
        return at;
    }

    private string? KeyOf(Collection ancestor, string path, string called, RestRequest request)
    {
        var operation = ancestor.Fetch ?? ancestor.Operations[0];
        var list = path[..End(path, ancestor.Depth)];
        if (ancestor.Fetch is { } fetch && behaviourOf(fetch) is { } behaviour)
        {
            var values = new string[fetch.PathNames.Count];
            for (var i = 0; i < values.Length; i++) values[i] = ((PathValues)request.PathValues).At(i);
            return behaviour(LookUp(request, fetch, $"{list}/{called}", values)) is Answer.Resource ? called : null;
        }
        if (Find(ancestor, TableName(operation, list), request.Account, called) is { } document) return document.Key;
        if (relations.MirrorOf(ancestor) is { } mirrored) return IsThere(request, mirrored, called) ? called : null;
        return (IsOpen(ancestor) && relations.BuiltIn(TableName(operation, list)).Count == 0) || relations.IsUpserted(ancestor)
            || ancestor.Fetch is null
            ? called
            : null;
    }

    private static RestRequest LookUp(RestRequest request, Operation fetch, string path, string[] values) =>
        new()
        {
            Operation = fetch,
            Principal = request.Principal,
            Account = request.Account,
            Path = fetch.IsClassic ? path + ".json" : path,
            PathValues = new PathValues(fetch.PathNames, values),
            Query = FormValues.Empty,
            Form = FormValues.Empty,
            BaseUrl = request.BaseUrl,
            Cause = 0,
        };
}
