using System.Text.Json;
using System.Text.Json.Nodes;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Proxy;

/// <summary>Interactions of a session's two, and what becomes of the text or call that each is about.</summary>
/// <remarks>Loop-confined. twilio.com/docs/proxy/api/interaction. The app is told of each state once.</remarks>
internal sealed class ProxyInteractions(ProxyBook book, ProxyCallbacks callbacks)
{
    /// <summary><c>{"body":"hello"}</c>, as interactions have their data: JSON in a text.</summary>
    public static string Data(string name, string value) => new JsonObject { [name] = value }.ToJsonString();

    /// <summary>An interaction begins: one of a session reaches for the other.</summary>
    public Document Begin(
        SessionKey key, Document from, Document to, string type, string data, string resource, string status, string resourceType,
        string? outbound) =>
        book.Interactions(key).Create(book.World.Sids.New("KI"), new JsonObject
        {
            ["data"] = data,
            ["type"] = type,
            ["inbound_participant_sid"] = from.Key,
            ["inbound_resource_sid"] = resource,
            ["inbound_resource_status"] = status,
            ["inbound_resource_type"] = resourceType,
            ["inbound_resource_url"] = book.UrlOf(key.Account, resource),
            ["outbound_participant_sid"] = to.Key,
            ["outbound_resource_sid"] = outbound,
        });

    /// <summary>A text or call belongs to an interaction from now on.</summary>
    public void Keep(SessionKey key, string resource, string interaction, long cause) =>
        book.World.Store.Put(Followed.Table, key.Account, new Followed(resource, key, interaction), ProxyEntries.Followed, cause);

    /// <summary>Tells the journal that a text or call was passed on, and under which number.</summary>
    public void Passed(SessionKey key, Document interaction, string type, string from, Document to, long cause) => book.World.Journal.Write(
        key.Account, ProxyEntries.Passed, key.Session, cause, ("interaction_sid", interaction.Key), ("type", type), ("from", from),
        ("to", to["identifier"]), ("shown", to["proxy_identifier"]));

    /// <summary>News of a text: where it was passed on, its interaction has it.</summary>
    public void Hear(Message text, Entry change)
    {
        if (Find(text.Account, text.Sid) is { } followed) News(followed, "outbound", Word(text.Status.Wire()), null, change.Seq);
    }

    /// <summary>News of a call: the one that came in, and the one it made.</summary>
    public void Follow(Entry entry)
    {
        if (entry.Data is not RecordChange { Table: "calls", IsRemoval: false }
            || book.World.Store.Table(Followed.Table, entry.Account).Count == 0)
        {
            return;
        }
        using var json = JsonDocument.Parse(entry.ToJson());
        var data = json.RootElement.GetProperty("data");
        var status = Word(data.TryGetProperty("status", out var word) ? word.GetString() ?? "" : "");
        var duration = data.TryGetProperty("duration", out var seconds) ? seconds.ToString() : null;
        if (Find(entry.Account, entry.Subject) is { } own)
        {
            News(own, "inbound", status, duration, entry.Seq);
        }
        else if (data.TryGetProperty("parent_call_sid", out var parent) && Find(entry.Account, parent.GetString() ?? "") is { } of)
        {
            News(of, "outbound", status, null, entry.Seq, entry.Subject);
        }
    }

    private void News(Followed followed, string side, string status, string? duration, long cause, string? resource = null)
    {
        var key = followed.Session;
        if (book.Interactions(key).Find(followed.Interaction) is not { } interaction) return;
        var data = duration is not null && interaction["type"] == "voice" ? Data("duration", duration) : interaction["data"];
        resource ??= interaction[$"{side}_resource_sid"] ?? followed.Resource;
        // Told once of each state.
        if (interaction[$"{side}_resource_status"] == status && interaction[$"{side}_resource_sid"] == resource
            && interaction["data"] == data)
        {
            return;
        }
        ReadOnlySpan<(string Name, string? Value)> changes =
        [
            ($"{side}_resource_status", status), ($"{side}_resource_sid", resource),
            ($"{side}_resource_url", book.UrlOf(key.Account, resource)),
            ($"{side}_resource_type", interaction["type"] == "voice" ? "Call" : "Message"), ("data", data),
        ];
        var next = book.Interactions(key).Change(interaction, cause, changes);
        // What the app wrote itself is in the list of whom it wrote to as well.
        if (interaction["outbound_participant_sid"] is { } to && book.Written(key, to).Find(interaction.Key) is { } written)
        {
            book.Written(key, to).Change(written, cause, changes);
        }
        if (book.Services(key.Account).Find(key.Service) is { } service) callbacks.Tell(key, service, next, cause);
    }

    /// <summary>The first interaction begins the session; each gives it its time anew.</summary>
    public void Touch(SessionKey key, long cause)
    {
        if (book.Open(key) is not { } session) return;
        var now = TwilioDates.ToIso8601(book.Now);
        book.Sessions(key.Account, key.Service).Change(
            session, cause, ("status", "in-progress"), ("date_started", session["date_started"] ?? now), ("date_last_interaction", now));
    }

    private Followed? Find(AccountSid account, string resource) => book.World.Store.Table(Followed.Table, account).Find(resource);

    // Interactions spell a few otherwise: in-progress is in the document's list with the dash.
    private static string Word(string status) => status is "initiated" ? "queued" : status;
}
