using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Rest.Catalog;

namespace TwilioEmu.Rest.Resources;

/// <summary>
/// Stored resources of one sort, in a product's hand:
/// <c>stored.Of("sync_v1", "/v1/Services/{ServiceSid}/Maps").In(account, service).Find(sid)</c>.
/// </summary>
/// <remarks>Loop-confined.</remarks>
public sealed class StoredCollection
{
    private readonly StoredDocuments _documents;
    private readonly bool _isClassic;
    private readonly string[] _path;
    private readonly string[] _table;
    private EntryKind? _updated;
    private EntryKind? _deleted;
    private TopList? _lastTop;
    private LowerList? _lastBelow;

    internal StoredCollection(StoredDocuments documents, string document, string host, string path)
    {
        (_documents, Document, Path, Host, _isClassic) = (documents, document, path, host, document == ApiCatalog.ClassicDocument);
        _path = Between(path);
        _table = Between(ResourceLocator.TableName(Relations.Shared, _isClassic ? null : host, path));
    }

    /// <summary>The API's name.</summary>
    public string Document { get; }

    /// <summary>Of the list, with its parents' names in braces.</summary>
    public string Path { get; }

    internal string Host { get; }

    internal StoredDocuments Documents => _documents;

    internal EntryKind Updated => _updated ??= _documents.KindOf(this, "updated");

    internal EntryKind Deleted => _deleted ??= _documents.KindOf(this, "deleted");

    /// <summary>The list of an account, under given parents.</summary>
    /// <param name="account">Whose; of 2010-04-01 the first name in the path is its.</param>
    /// <param name="parents">Their keys, the outer first.</param>
    /// <exception cref="ArgumentException">There are more names, or fewer.</exception>
    public StoredList In(AccountSid account, params ReadOnlySpan<string> parents)
    {
        if (parents.Length > 0)
        {
            if (_lastBelow is not { } below || below.Account != account || !parents.SequenceEqual(below.Parents))
            {
                _lastBelow = below = new LowerList(
                    account, parents.ToArray(), Fill(_table, account, parents), Fill(_path, account, parents));
            }
            return new StoredList(this, account, below.Table, below.Path);
        }
        // Whoever hears of every message asks for the same list again and again.
        if (_lastTop is not { } last || last.Account != account)
        {
            _lastTop = last = new TopList(account, Fill(_table, account, parents), Fill(_path, account, parents));
        }
        return new StoredList(this, account, last.Table, last.Path);
    }

    private string Fill(string[] pieces, AccountSid account, ReadOnlySpan<string> parents)
    {
        var own = _isClassic ? 1 : 0;
        if (pieces.Length - 1 != parents.Length + own)
        {
            throw new ArgumentException($"{Path} lies under {pieces.Length - 1 - own} parents, not {parents.Length}", nameof(parents));
        }
        var parts = new string[(2 * pieces.Length) - 1];
        for (var i = 0; i < pieces.Length; i++)
        {
            parts[2 * i] = pieces[i];
            if (i < pieces.Length - 1) parts[(2 * i) + 1] = i < own ? account.Value : parents[i - own];
        }
        return string.Concat(parts);
    }

    /// <summary>What stands before, between and after the names in braces.</summary>
    private static string[] Between(string template)
    {
        var pieces = new List<string>();
        var from = 0;
        for (var open = template.IndexOf('{'); open >= 0; open = template.IndexOf('{', from))
        {
            pieces.Add(template[from..open]);
            from = template.IndexOf('}', open) + 1;
        }
        pieces.Add(template[from..]);
        return [.. pieces];
    }

    /// <summary>Where an account's list stands that lies under no other resource.</summary>
    private sealed record TopList(AccountSid Account, string Table, string Path);

    /// <summary>The same of a list that lies under others.</summary>
    private sealed record LowerList(AccountSid Account, string[] Parents, string Table, string Path);
}
