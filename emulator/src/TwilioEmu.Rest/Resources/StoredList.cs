using System.Text.Json.Nodes;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Rest.Resources;

/// <summary>One list of stored resources: a collection's, of an account, under its parents.</summary>
/// <remarks>Loop-confined. Every change is an entry, of the kind that the API's own operations write.</remarks>
public readonly struct StoredList
{
    private readonly StoredCollection _of;
    private readonly AccountSid _account;
    private readonly string _table;
    private readonly string _path;

    internal StoredList(StoredCollection of, AccountSid account, string table, string path) =>
        (_of, _account, _table, _path) = (of, account, table, path);

    /// <summary>How many there are.</summary>
    public int Count => Table.Count;

    /// <summary>What there is one of (settings); null before anybody has set any.</summary>
    public Document? Only => Table.NewestFirst().FirstOrDefault();

    private Table<Document> Table => _of.Documents.World.Store.Table(Document.TableOf(_table), _account);

    /// <summary>By its key, or null.</summary>
    public Document? Find(string key) => Table.Find(key);

    /// <summary>By its unique name or identity, or null.</summary>
    public Document? FindByAlias(string alias) => Table.FindByAlias(alias);

    /// <summary>By whichever of the two a path may name it, or null.</summary>
    public Document? FindCalled(string called) => Table.Find(called) ?? Table.FindByAlias(called);

    /// <summary>By its key, or else what the live service has there for everybody.</summary>
    public Document? FindOrBuiltIn(string key)
    {
        if (Find(key) is { } own) return own;
        foreach (var everybodys in Relations.Shared.BuiltIn(_table)) if (everybodys.Key == key) return everybodys;
        return null;
    }

    public bool Contains(string key) => Table.Contains(key);

    public IEnumerable<Document> OldestFirst() => Table.OldestFirst();

    public IEnumerable<Document> NewestFirst() => Table.NewestFirst();

    /// <summary>Makes one that no request of the API made; its shape, defaults and dates are the API's.</summary>
    /// <param name="key">Its SID, or what else its path ends in; null to have one minted.</param>
    /// <param name="properties">Names as in the API's answers.</param>
    /// <exception cref="InvalidOperationException">A parent is not there: the product's fault.</exception>
    public Document Create(string? key, JsonObject properties) =>
        _of.Documents.Plant(_account, _of.Host, key is null ? _path : $"{_path}/{key}", properties);

    /// <summary>Replaces properties, and the date where there is one; null takes one away.</summary>
    /// <param name="document">What it was.</param>
    /// <param name="cause">Seq of the entry it follows from.</param>
    /// <param name="values">What it is from now on.</param>
    public Document Change(Document document, long cause, params ReadOnlySpan<(string Name, string? Value)> values) =>
        Change(document, _of.Updated, cause, values);

    /// <summary>The same, where the journal has a kind of its own for it.</summary>
    public Document Change(Document document, EntryKind kind, long cause, params ReadOnlySpan<(string Name, string? Value)> values)
    {
        var changed = new Dictionary<string, string>(document.Values, StringComparer.Ordinal);
        if (changed.ContainsKey("date_updated")) changed["date_updated"] = TwilioDates.ToIso8601(_of.Documents.World.Clock.GetUtcNow());
        foreach (var (name, value) in values)
        {
            if (value is null) changed.Remove(name);
            else changed[name] = value;
        }
        var next = document with { Values = changed, Version = document.Version + 1 };
        _of.Documents.World.Store.Put(Document.TableOf(_table), _account, next, kind, cause);
        return next;
    }

    /// <summary>Takes one away; what was below it is gone with it only where it was deleted by request.</summary>
    /// <returns>False where there is none of that key.</returns>
    public bool Delete(string key, long cause) =>
        _of.Documents.World.Store.Remove(Document.TableOf(_table), _account, key, _of.Deleted, cause) is not null;
}
