using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Rest.Resources;

/// <summary>Lets products look up what apps keep in the stored resources: TwiML Apps, verified principal IDs.</summary>
/// <remarks>Loop-confined.</remarks>
public sealed class StoredDocuments(World world)
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

    /// <summary>All documents of such a list, oldest first.</summary>
    public IEnumerable<Document> AllAt(AccountSid account, string list) => TableAt(account, list).OldestFirst();

    /// <summary>All documents of a collection of an account, newest first.</summary>
    public IEnumerable<Document> All(AccountSid account, string collection) => Table(account, collection).NewestFirst();

    private Table<Document> TableAt(AccountSid account, string list) => world.Store.Table(new TableKey<Document>(list), account);

    private Table<Document> Table(AccountSid account, string collection) =>
        world.Store.Table(new TableKey<Document>($"/2010-04-01/Accounts/{account.Value}/{collection}"), account);
}
