using System.Security;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Messaging;
using TwilioEmu.Messaging.Consent;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Receiving;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Resources;
using TwilioEmu.Voice.Calls;

namespace TwilioEmu.Products.Proxy;

/// <summary>Passes texts and calls on between the two of a session, each under the number the other knows.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/proxy/understanding-proxy, /api/webhooks. A number of a pool is Proxy's: its own webhooks are not asked any more.
/// 1. Who writes or calls which number tells the session; 2. the app may stop it by 403; 3. the other is reached from their own number; 4. the
/// interaction follows what becomes of it.
/// </remarks>
internal sealed class ProxyDesk(ProxyBook book, NumberChoice choice, MessagingProduct messaging, ProxyCallbacks callbacks) : ITextInterest, ICallInterest
{
    private const string Rejected = "<Response><Reject/></Response>";

    private readonly TextsUnderway _underway = new(book.World, "proxy_inbound/");

    // Texts whose interaction may have begun in an earlier process.
    private readonly HashSet<string> _resumed = new(StringComparer.Ordinal);

    /// <summary><c>{"body":"hello"}</c>, as interactions have their data: JSON in a text.</summary>
    public static string Data(string name, string value) => new JsonObject { [name] = value }.ToJsonString();

    /// <inheritdoc/>
    public bool Takes(Message inbound, long cause)
    {
        if (book.ServiceOf(inbound.Account, inbound.To) is not { } service) return false;
        var name = _underway.Begin(inbound, cause);
        book.World.Loop.Start(() => ReceiveAsync(service, inbound, name, cause));
        return true;
    }

    /// <summary>Takes up the texts about which the app was being asked when an earlier process ended.</summary>
    public void Resume()
    {
        foreach (var (name, inbound, cause, _) in _underway.Resume(static _ => true, static (_, _) => { }))
        {
            if (book.ServiceOf(inbound.Account, inbound.To) is not { } service)
            {
                _underway.End(name);
                continue;
            }
            _resumed.Add(inbound.Sid);
            book.World.Loop.Start(() => ReceiveAsync(service, inbound, name, cause));
        }
    }

    /// <inheritdoc/>
    public bool TakesCallsTo(AccountSid account, string number) => book.ServiceOf(account, number) is not null;

    /// <summary>Texts one of a session from their number.</summary>
    /// <returns>The interaction's SID to be, and the text's; null when the number cannot.</returns>
    public (string Interaction, string Text)? Send(SessionKey key, Document to, string body, IReadOnlyList<string> media, long cause)
    {
        if (messaging.Send(key.Account, to["proxy_identifier"]!, to["identifier"]!, body, media, cause) is not { } text) return null;
        var sid = book.World.Sids.New("KI");
        book.World.Store.Put(Followed.Table, key.Account, new Followed(text.Sid, key, sid), ProxyEntries.Followed, cause);
        Touch(key, cause);
        return (sid, text.Sid);
    }

    /// <summary>News of a text: where it was passed on, its interaction has it.</summary>
    public void Hear(Message text, Entry change)
    {
        if (Find(text.Account, text.Sid) is { } followed) News(followed, "outbound", Word(text.Status.Wire()), null, change.Seq);
    }

    /// <summary>News of a call: the one that came in, and the one it made.</summary>
    public void Follow(Entry entry)
    {
        if (entry.Data is not RecordChange { Table: "calls", IsRemoval: false } || book.World.Store.Table(Followed.Table, entry.Account).Count == 0) return;
        using var json = JsonDocument.Parse(entry.ToJson());
        var data = json.RootElement.GetProperty("data");
        var status = Word(data.TryGetProperty("status", out var word) ? word.GetString() ?? "" : "");
        var duration = data.TryGetProperty("duration", out var seconds) ? seconds.ToString() : null;
        if (Find(entry.Account, entry.Subject) is { } own) News(own, "inbound", status, duration, entry.Seq);
        else if (data.TryGetProperty("parent_call_sid", out var parent) && Find(entry.Account, parent.GetString() ?? "") is { } of) News(of, "outbound", status, null, entry.Seq, entry.Subject);
    }

    /// <inheritdoc/>
    public async Task<CallOrder> DirectAsync(AccountSid account, string callSid, string from, string to, long cause)
    {
        var service = book.ServiceOf(account, to)!;
        if (book.Find(account, from, to) is not var (key, caller))
        {
            if (service["out_of_session_callback_url"] is { Length: > 0 } url) return new CallOrder(null, url, FormerSession(account, from, to));
            KeepOutside(account, callSid, "voice", from, to, cause);
            return new CallOrder(Rejected, null, []);
        }
        if (book.Open(key) is { } session && session["mode"] == "message-only")
        {
            Keep(account, callSid, "voice", from, to, 80911, "the session is for messages only", cause);
            return new CallOrder(Rejected, null, []);
        }
        if (Partner(key, caller) is not { } partner)
        {
            Keep(account, callSid, "voice", from, to, 80614, "nobody else is in the session", cause);
            return new CallOrder(Rejected, null, []);
        }
        var interaction = Begin(key, caller, partner, "voice", Data("duration", "0"), callSid, "ringing", "Call", null);
        var (mayPass, entry) = await callbacks.AskAsync(key, service, interaction, cause);
        if (!mayPass)
        {
            Keep(account, callSid, "voice", from, to, 80909, "the intercept callback answered 403", entry);
            return new CallOrder(Rejected, null, []);
        }
        book.World.Store.Put(Followed.Table, account, new Followed(callSid, key, interaction.Key), ProxyEntries.Followed, entry);
        Touch(key, entry);
        Passed(key, interaction, "voice", from, partner, entry);
        return new CallOrder(
            $"<Response><Dial callerId=\"{SecurityElement.Escape(partner["proxy_identifier"])}\"><Number>{SecurityElement.Escape(partner["identifier"])}</Number></Dial></Response>", null, []);
    }

    private async Task ReceiveAsync(Document service, Message inbound, string underway, long cause)
    {
        var account = inbound.Account;
        // Words between a phone and Twilio; the other is not shown them (error dictionary 80901).
        if (Keywords.IsUsual(inbound.Body))
        {
            _underway.End(underway);
            Keep(account, inbound.Sid, "message", inbound.From, inbound.To, 80901, "keywords are not passed on", cause);
            return;
        }
        if (book.Find(account, inbound.From, inbound.To) is not var (key, author))
        {
            await ReceiveOutsideAsync(service, inbound, underway, cause);
            return;
        }
        await PassAsync(key, service, author, inbound, underway, cause);
    }

    private async Task PassAsync(SessionKey key, Document service, Document author, Message inbound, string underway, long cause)
    {
        if (book.Open(key) is { } session && session["mode"] == "voice-only")
        {
            _underway.End(underway);
            Keep(key.Account, inbound.Sid, "message", inbound.From, inbound.To, 80910, "the session is for calls only", cause);
            return;
        }
        if (Partner(key, author) is not { } partner)
        {
            _underway.End(underway);
            Keep(key.Account, inbound.Sid, "message", inbound.From, inbound.To, 80614, "nobody else is in the session", cause);
            return;
        }
        var begun = _resumed.Remove(inbound.Sid) ? book.Interactions(key).NewestFirst().FirstOrDefault(i =>
            i["inbound_resource_sid"] == inbound.Sid) : null;
        var interaction = begun ?? Begin(key, author, partner, "message", Data("body", inbound.Body), inbound.Sid, "received", "Message",
            null);
        var (mayPass, entry) = await callbacks.AskAsync(key, service, interaction, cause);
        _underway.End(underway);
        if (!mayPass || book.Open(key) is null)
        {
            Keep(key.Account, inbound.Sid, "message", inbound.From, inbound.To, mayPass ? 80902 : 80909, mayPass ? "the session was closed meanwhile" : "the intercept callback answered 403", entry);
            return;
        }
        if (messaging.Send(key.Account, partner["proxy_identifier"]!, partner["identifier"]!, inbound.Body, [.. inbound.Extras.Media.Select(m => m.Url)], entry) is not { } text)
        {
            Keep(key.Account, inbound.Sid, "message", inbound.From, inbound.To, 80202, $"{partner["proxy_identifier"]} cannot text", entry);
            return;
        }
        book.World.Store.Put(Followed.Table, key.Account, new Followed(text.Sid, key, interaction.Key), ProxyEntries.Followed, entry);
        book.Interactions(key).Change(
            interaction, entry, ("outbound_resource_sid", text.Sid), ("outbound_resource_status", "queued"), ("outbound_resource_type", "Message"), ("outbound_resource_url", book.UrlOf(key.Account, text.Sid)));
        Touch(key, entry);
        Passed(key, interaction, "message", inbound.From, partner, entry);
    }

    /// <summary>TwiML is a reply; JSON makes a session and passes the text on; anything else leaves it (twilio.com/docs/proxy/api/webhooks).</summary>
    private async Task ReceiveOutsideAsync(Document service, Message inbound, string underway, long cause)
    {
        var account = inbound.Account;
        if (service["out_of_session_callback_url"] is not { Length: > 0 } url)
        {
            _underway.End(underway);
            KeepOutside(account, inbound.Sid, "message", inbound.From, inbound.To, cause);
            return;
        }
        List<KeyValuePair<string, string>> parameters = [.. messaging.ParametersOf(inbound), .. FormerSession(account, inbound.From, inbound.To)];
        var answer = await callbacks.AskOutOfSessionAsync(account, inbound.Sid, url, parameters, cause);
        _underway.End(underway);
        var text = Encoding.UTF8.GetString(answer.Body.Span);
        if (answer.IsUsable && answer.ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true && Join(service, inbound, text, answer.Entry) is var (key, author))
        {
            await PassAsync(key, service, author, inbound, _underway.Begin(inbound, answer.Entry), answer.Entry);
        }
        else if (answer.IsUsable && answer.ContentType?.Contains("xml", StringComparison.OrdinalIgnoreCase) == true && RepliesIn(text) is { } replies)
        {
            foreach (var reply in replies) messaging.Send(account, inbound.To, inbound.From, reply, [], answer.Entry);
        }
        else
        {
            Keep(account, inbound.Sid, "message", inbound.From, inbound.To, 80913, "the out-of-session callback answered neither TwiML nor the JSON of a session", answer.Entry);
        }
    }

    /// <summary>A session of the answer's making: who wrote under the number written to, and the other the answer names.</summary>
    private (SessionKey Key, Document Author)? Join(Document service, Message inbound, string text, long cause)
    {
        try
        {
            using var json = JsonText.Parse(text);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !E164.TryNormalize(JsonText.Member(json.RootElement, "participantIdentifier"), out var other)) return null;
            var key = new SessionKey(inbound.Account, service.Key, book.World.Sids.New("KC"));
            book.Sessions(inbound.Account, service.Key).Create(key.Session, new JsonObject
            {
                ["unique_name"] = JsonText.Member(json.RootElement, "uniqueName"),
                ["mode"] = JsonText.Member(json.RootElement, "mode") ?? "voice-and-message",
                ["status"] = "open",
                ["ttl"] = int.TryParse(JsonText.Member(json.RootElement, "ttl") ?? service["default_ttl"], out var ttl) ? ttl : 0,
                ["date_expiry"] = JsonText.Member(json.RootElement, "dateExpiry"),
            });
            var own = book.Numbers(inbound.Account, service.Key).OldestFirst().First(n => n["phone_number"] == inbound.To);
            var author = Person(key, inbound.From, own, cause);
            var asked = JsonText.Member(json.RootElement, "participantProxyIdentifier");
            var number = asked is null ? choice.Choose(key, service, book.Open(key)!, other).Number : book.Numbers(inbound.Account, service.Key).OldestFirst().FirstOrDefault(n => n["phone_number"] == asked);
            if (number is null) return null;
            Person(key, other, number, cause);
            return (key, author);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private Document Person(SessionKey key, string identifier, Document number, long cause)
    {
        var sid = book.World.Sids.New("KP");
        var person = book.Participants(key).Create(sid, new JsonObject { ["identifier"] = identifier, ["proxy_identifier"] = number["phone_number"], ["proxy_identifier_sid"] = number.Key });
        book.Bind(identifier, number["phone_number"]!, key, sid, cause);
        return person;
    }

    private Document Begin(SessionKey key, Document from, Document to, string type, string data, string resource, string status, string resourceType, string? outbound)
    {
        return book.Interactions(key).Create(book.World.Sids.New("KI"), new JsonObject
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
    }

    private void News(Followed followed, string side, string status, string? duration, long cause, string? resource = null)
    {
        var key = followed.Session;
        if (book.Interactions(key).Find(followed.Interaction) is not { } interaction) return;
        var data = duration is not null && interaction["type"] == "voice" ? Data("duration", duration) : interaction["data"];
        resource ??= interaction[$"{side}_resource_sid"] ?? followed.Resource;
        // Told once of each state.
        if (interaction[$"{side}_resource_status"] == status && interaction[$"{side}_resource_sid"] == resource && interaction["data"] == data) return;
        ReadOnlySpan<(string Name, string? Value)> changes =
        [
            ($"{side}_resource_status", status), ($"{side}_resource_sid", resource), ($"{side}_resource_url", book.UrlOf(key.Account, resource)),
            ($"{side}_resource_type", interaction["type"] == "voice" ? "Call" : "Message"), ("data", data),
        ];
        var next = book.Interactions(key).Change(interaction, cause, changes);
        // What the app wrote itself is in the list of whom it wrote to as well.
        if (interaction["outbound_participant_sid"] is { } to && book.Written(key, to).Find(interaction.Key) is { } written) book.Written(key, to).Change(written, cause, changes);
        if (book.Services(key.Account).Find(key.Service) is { } service) callbacks.Tell(key, service, next, cause);
    }

    /// <summary>The first interaction begins the session; each gives it its time anew.</summary>
    private void Touch(SessionKey key, long cause)
    {
        if (book.Open(key) is not { } session) return;
        var now = TwilioDates.ToIso8601(book.Now);
        book.Sessions(key.Account, key.Service).Change(session, cause, ("status", "in-progress"), ("date_started", session["date_started"] ?? now), ("date_last_interaction", now));
    }

    private List<KeyValuePair<string, string>> FormerSession(AccountSid account, string from, string to) =>
        book.Last(account, from, to) is { } last && book.Sessions(account, last.Session.Service).Find(last.Session.Session) is { } session
            ? ProxyCallbacks.OfSession(session, book.Participants(last.Session).Find(last.Participant))
            : [];

    private Document? Partner(SessionKey key, Document of) => book.Present(key).Find(p => p.Key != of.Key);

    private Followed? Find(AccountSid account, string resource) => book.World.Store.Table(Followed.Table, account).Find(resource);

    private void Passed(SessionKey key, Document interaction, string type, string from, Document to, long cause) => book.World.Journal.Write(
        key.Account, ProxyEntries.Passed, key.Session, cause, ("interaction_sid", interaction.Key), ("type", type), ("from", from), ("to", to["identifier"]), ("shown", to["proxy_identifier"]));

    /// <summary>A pool is nearly as large as it may be (error dictionary 80624).</summary>
    public void WarnOfPool(AccountSid account, string service, int count, int most, long cause) => callbacks.Alert(account, service, 80624,
        $"{count} numbers are in the pool, and {most} may be", cause);

    private void KeepOutside(AccountSid account, string subject, string type, string from, string to, long cause)
    {
        var isOver = book.Last(account, from, to) is { } last && book.Sessions(account,
            last.Session.Service).Find(last.Session.Session) is { } session && session["closed_reason"] == "expired";
        var why = isOver ? "their session is over: its time has run out" : "no open session joins them";
        Keep(account, subject, type, from, to, isOver ? 80904 : 80902, $"{why}, and no OutOfSessionCallbackUrl is set", cause);
    }

    private void Keep(AccountSid account, string subject, string type, string from, string to, int code, string why, long cause)
    {
        var entry = book.World.Journal.Write(account, ProxyEntries.Kept, subject, cause, ("type", type), ("from", from), ("to", to), ("code", code), ("why", why));
        callbacks.Alert(account, subject, code, why, entry.Seq);
    }

    private static List<string>? RepliesIn(string twiml)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(twiml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            return XDocument.Load(reader).Root is { Name.LocalName: "Response" } root
                ? [.. root.Elements().Where(e => e.Name.LocalName is "Message" or "Sms").Select(e => (e.Element("Body")?.Value ?? e.Value).Trim()).Where(b => b.Length > 0)]
                : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    // Interactions spell a few otherwise: in-progress is in the document's list with the dash.
    private static string Word(string status) => status is "initiated" ? "queued" : status;

    /// <summary>A text or call that was passed on, and the interaction it belongs to.</summary>
    internal sealed record Followed(string Resource, SessionKey Session, string Interaction) : IRecord
    {
        /// <summary>How it is written and read back.</summary>
        public static readonly RecordForm<Followed> Form = new("proxy_followed", static (r, m) => new Followed(
            m.Text("resource_sid", r?.Resource), new SessionKey(m.Account("account_sid", r?.Session.Account),
            m.Text("service_sid", r?.Session.Service), m.Text("session_sid", r?.Session.Session)),
            m.Text("interaction_sid", r?.Interaction)));

        public static readonly TableKey<Followed> Table = new("proxy_followed", Form);

        public string Key => Resource;

        public bool IsSettled => true;

        public void WriteMembers(Utf8JsonWriter json)
        {
            json.WriteString("interaction_sid", Interaction);
            json.WriteString("session_sid", Session.Session);
            json.WriteString("service_sid", Session.Service);
        }
    }
}
