using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Sync;

/// <summary>Lets objects and items go when their time to live is over.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/sync/limits: they are deleted some time after. No clock is wound: whoever asks for anything of Sync first
/// lets go what is over, items with their list or map. One entry an object waits, however often its time is changed.
/// </remarks>
internal sealed class SyncExpiry(SyncDocuments shelf)
{
    private const string Prefix = "sync_ttl/";

    private readonly PriorityQueue<(Entry Entry, DateTimeOffset At), DateTimeOffset> _due = new();
    private readonly Dictionary<Entry, DateTimeOffset> _waiting = [];

    public SyncDocuments Shelf => shelf;

    private readonly record struct Entry(AccountSid Account, string List, string Key, Collection Collection);

    /// <summary>Looks at what a request has made or changed.</summary>
    public void Watch(RestRequest request, Document document)
    {
        if (shelf.ListOf(request) is not { } list) return;
        if (document["date_expires"] is not { } text || !TwilioDates.TryParse(text, out var at, out _)) return;
        Wait(new Entry(request.Account, list, document.Key, request.Operation.Collection), at);
    }

    /// <summary>Deletes what is over by now.</summary>
    /// <param name="stored">Deletes, with all that is below.</param>
    public void Expire(Behaviour stored)
    {
        var now = shelf.World.Clock.GetUtcNow();
        while (_due.TryPeek(out var next, out var at) && at <= now)
        {
            _due.Dequeue();
            var entry = next.Entry;
            // Another entry was put for an earlier instant.
            if (!_waiting.TryGetValue(entry, out var awaited) || awaited != next.At) continue;
            _waiting.Remove(entry);
            shelf.World.Parts.Drop(PartOf(entry));
            if (shelf.Table(entry.Account, entry.List).Find(entry.Key) is not { } document) continue;
            if (document["date_expires"] is not { } text || !TwilioDates.TryParse(text, out var expires, out _)) continue;
            if (expires > now) Wait(entry, expires);
            else stored(DeleteOf(entry));
        }
    }

    private void Wait(Entry entry, DateTimeOffset at)
    {
        if (_waiting.TryGetValue(entry, out var awaited) && awaited <= at) return;
        _waiting[entry] = at;
        _due.Enqueue((entry, at), at);
        shelf.World.Parts.Put(PartOf(entry), part =>
        {
            part.Account("account_sid", entry.Account);
            part.Text("list", entry.List);
            part.Text("key", entry.Key);
            part.Text("deletes", entry.Collection.Delete!.Id);
            part.Instant("at", at);
        });
    }

    /// <summary>What an earlier process waited for is waited for on.</summary>
    /// <param name="catalog">Sync's.</param>
    public void Resume(CatalogDocument catalog)
    {
        foreach (var (_, part) in shelf.World.Parts.TakeAll(Prefix))
        {
            var (account, list, key) = (part.Account("account_sid", null), part.Text("list", null), part.Text("key", null));
            var (deletes, at) = (part.Text("deletes", null), part.Instant("at", null));
            Wait(new Entry(account, list, key, catalog.Find(deletes)!.Collection), at);
        }
    }

    private static string PartOf(Entry entry) => $"{Prefix}{entry.Account.Value}{entry.List}/{entry.Key}";

    private static RestRequest DeleteOf(Entry entry)
    {
        var delete = entry.Collection.Delete!;
        var path = $"{entry.List}/{entry.Key}";
        var (template, segments) = (delete.Path.Split('/'), path.Split('/'));
        return new RestRequest
        {
            Operation = delete,
            Principal = new Principal(entry.Account, entry.Account.Value),
            Account = entry.Account,
            Path = path,
            PathValues = new PathValues(
                delete.PathNames, [.. template.Zip(segments).Where(t => t.First.StartsWith('{')).Select(t => t.Second)]),
            Query = FormValues.Empty,
            Form = FormValues.Empty,
            BaseUrl = "",
            Cause = 0,
        };
    }
}
