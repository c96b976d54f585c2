using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Rest.Resources;

/// <summary>Lets products look up what apps keep in the stored resources, and change it: TwiML Apps, pools of services, sessions.</summary>
/// <remarks>Loop-confined. What is to be made goes through <see cref="FrontDoor.Plant"/>, which knows the shape.</remarks>
public sealed class StoredDocuments(World world, ApiCatalog catalog, StoredEntries entries)
{
    /// <summary>A document of an account of 2010-04-01, or null.</summary>
    /// <param name="account">Whose it is.</param>
    /// <param name="collection">Last part of the list path: <c>Applications</c>.</param>
    /// <param name="key">Its SID.</param>
    public Document? Find(AccountSid account, string collection, string key) => Table(account, collection).Find(key);

    /// <summary>A document of a product with a host of its own, or null.</summary>
    /// <param name="account">Whose it is.</param>
    /// <param name="list">Host label and list path without the version, keys of parents in it: <c>messaging/Services/MG.../PhoneNumbers</c>.</param>
    /// <param name="key">Its SID.</param>
    public Document? FindAt(AccountSid account, string list, string key) => TableAt(account, list).Find(key);

    /// <summary>The same, or else what the live service has there for everybody.</summary>
    public Document? FindBuiltInOrAt(AccountSid account, string list, string key) => FindAt(account, list, key) ?? Relations.Shared.BuiltIn(list).FirstOrDefault(d => d.Key == key);

    /// <summary>The journal kind of what happens to a resource: <c>KindOf("proxy_v1", "FetchSession", "updated")</c>.</summary>
    /// <param name="document">The API's.</param>
    /// <param name="operationId">One of the resource's operations.</param>
    /// <param name="what"><c>updated</c> or <c>deleted</c>.</param>
    public EntryKind KindOf(string document, string operationId, string what) => entries.Of(catalog.Find(document)!.Find(operationId)!.Collection, what);

    /// <summary>Replaces properties of a document, and its date where it has one; null takes one away.</summary>
    /// <param name="account">Whose it is.</param>
    /// <param name="list">The list it is in, as for <see cref="FindAt"/>.</param>
    /// <param name="document">What it was.</param>
    /// <param name="kind">What the journal says.</param>
    /// <param name="cause">Seq of the entry it follows from.</param>
    /// <param name="values">What it is from now on.</param>
    public Document Change(
        AccountSid account, string list, Document document, EntryKind kind, long cause, params ReadOnlySpan<(string Name, string? Value)> values)
    {
        var changed = new Dictionary<string, string>(document.Values, StringComparer.Ordinal);
        if (changed.ContainsKey("date_updated")) changed["date_updated"] = TwilioDates.ToIso8601(world.Clock.GetUtcNow());
        foreach (var (name, value) in values)
        {
            if (value is null) changed.Remove(name);
            else changed[name] = value;
        }
        var next = document with { Values = changed, Version = document.Version + 1 };
        world.Store.Put(Document.TableOf(list), account, next, kind, cause);
        return next;
    }

    /// <summary>All documents of such a list, oldest first.</summary>
    public IEnumerable<Document> AllAt(AccountSid account, string list) => TableAt(account, list).OldestFirst();

    /// <summary>All documents of a collection of an account, newest first.</summary>
    public IEnumerable<Document> All(AccountSid account, string collection) => Table(account, collection).NewestFirst();

    private Table<Document> TableAt(AccountSid account, string list) => world.Store.Table(Document.TableOf(list), account);

    /// <summary>The list of a collection of 2010-04-01, as <see cref="Change"/> takes it.</summary>
    public static string ListOf(AccountSid account, string collection) => $"/2010-04-01/Accounts/{account.Value}/{collection}";

    private Table<Document> Table(AccountSid account, string collection) => TableAt(account, ListOf(account, collection));
}
