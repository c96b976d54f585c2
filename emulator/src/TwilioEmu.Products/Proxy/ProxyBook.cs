using System.Globalization;
using System.Text.Json;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Proxy;

/// <summary>One session's name in the world.</summary>
internal readonly record struct SessionKey(AccountSid Account, string Service, string Session);

/// <summary>Finds what the stored resources keep of Proxy, and changes it.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class ProxyBook(World world, StoredDocuments stored, string publicUrl)
{
    private const string Api = "proxy_v1";
    private const string Service = "/v1/Services/{ServiceSid}";

    private readonly StoredCollection _services = stored.Of(Api, "/v1/Services");
    private readonly StoredCollection _numbers = stored.Of(Api, Service + "/PhoneNumbers");
    private readonly StoredCollection _sessions = stored.Of(Api, Service + "/Sessions");
    private readonly StoredCollection _participants = stored.Of(Api, Service + "/Sessions/{SessionSid}/Participants");
    private readonly StoredCollection _written =
        stored.Of(Api, Service + "/Sessions/{SessionSid}/Participants/{ParticipantSid}/MessageInteractions");
    private readonly StoredCollection _interactions = stored.Of(Api, Service + "/Sessions/{SessionSid}/Interactions");

    public World World => world;

    public DateTimeOffset Now => world.Clock.GetUtcNow();

    /// <summary>Where a text or call that was passed on is found.</summary>
    public string UrlOf(AccountSid account, string resource)
    {
        var list = resource.StartsWith("CA", StringComparison.Ordinal) ? "Calls" : "Messages";
        return $"{publicUrl}/2010-04-01/Accounts/{account.Value}/{list}/{resource}.json";
    }

    public StoredList Services(AccountSid account) => _services.In(account);

    public StoredList Numbers(AccountSid account, string service) => _numbers.In(account, service);

    public StoredList Sessions(AccountSid account, string service) => _sessions.In(account, service);

    public StoredList Participants(SessionKey of) => _participants.In(of.Account, of.Service, of.Session);

    /// <summary>What the app wrote to one of a session.</summary>
    public StoredList Written(SessionKey of, string participant) => _written.In(of.Account, of.Service, of.Session, participant);

    public StoredList Interactions(SessionKey of) => _interactions.In(of.Account, of.Service, of.Session);

    /// <summary>The service that has a number in its pool, or null. An account has few services.</summary>
    public Document? ServiceOf(AccountSid account, string number)
    {
        // Asked of every text and call that comes in.
        if (Services(account) is not { Count: > 0 } services) return null;
        return services.OldestFirst().FirstOrDefault(s => Numbers(account, s.Key).OldestFirst().Any(n => n["phone_number"] == number));
    }

    /// <summary>True when an open session has the number.</summary>
    public bool IsInUse(AccountSid account, string number) =>
        world.Store.Table(ProxyBinding.Table, account).OldestFirst().Any(b => b.Number == number && Open(b.Session) is not null);

    /// <summary>Those of a session who have not left it.</summary>
    public List<Document> Present(SessionKey key) => [.. Participants(key).OldestFirst().Where(p => p["date_deleted"] is null)];

    /// <summary>A session that is open now; one whose time is over is closed first.</summary>
    public Document? Open(SessionKey key)
    {
        if (Sessions(key.Account, key.Service).Find(key.Session) is not { } session || session["status"] == "closed") return null;
        if (EndOf(session) is not { } end || end > Now) return session;
        Sessions(key.Account, key.Service)
            .Change(session, 0, ("status", "closed"), ("closed_reason", "expired"), ("date_ended", TwilioDates.ToIso8601(end)));
        return null;
    }

    /// <summary>The open session that joins a person with a number, and who the person is there.</summary>
    public (SessionKey Key, Document Participant)? Find(AccountSid account, string identifier, string number)
    {
        if (world.Store.Table(ProxyBinding.Table, account).Find(ProxyBinding.KeyOf(identifier, number)) is not { } bound
            || Open(bound.Session) is null)
        {
            return null;
        }
        return Participants(bound.Session).Find(bound.Participant) is { } participant && participant["date_deleted"] is null
            ? (bound.Session, participant)
            : null;
    }

    /// <summary>Where they were last joined, open or not.</summary>
    public ProxyBinding? Last(AccountSid account, string identifier, string number) =>
        world.Store.Table(ProxyBinding.Table, account).Find(ProxyBinding.KeyOf(identifier, number));

    /// <summary>Every number a person was ever joined with, the last one first.</summary>
    public List<ProxyBinding> BindingsOf(AccountSid account, string identifier) =>
        [.. world.Store.Table(ProxyBinding.Table, account).NewestFirst().Where(b => b.Identifier == identifier)];

    public void Bind(string identifier, string number, SessionKey session, string participant, long cause)
    {
        world.Store.Remove(ProxyBinding.Table, session.Account, ProxyBinding.KeyOf(identifier, number), ProxyEntries.Bound, cause);
        world.Store.Put(
            ProxyBinding.Table, session.Account, new ProxyBinding(identifier, number, session, participant), ProxyEntries.Bound, cause);
        CountUses(session.Account, session.Service, cause);
    }

    /// <summary>Brings up to date how many open sessions each number of a pool is in (twilio.com/docs/proxy/api/phone-number).</summary>
    public void CountUses(AccountSid account, string service, long cause)
    {
        var uses = world.Store.Table(ProxyBinding.Table, account).OldestFirst().ToList()
            .Where(b => b.Session.Service == service && Open(b.Session) is not null)
            .Select(b => (b.Number, b.Session)).Distinct()
            .CountBy(b => b.Number).ToDictionary(StringComparer.Ordinal);
        foreach (var pooled in Numbers(account, service).OldestFirst().ToList())
        {
            var count = uses.GetValueOrDefault(pooled["phone_number"]!).ToString(CultureInfo.InvariantCulture);
            if (pooled["in_use"] != count) Numbers(account, service).Change(pooled, cause, ("in_use", count));
        }
    }

    /// <summary>
    /// When a session is over by itself: at its date, or so long after the last thing that happened there; null for never.
    /// </summary>
    private static DateTimeOffset? EndOf(Document session)
    {
        if (session["date_expiry"] is { Length: > 0 } date && TwilioDates.TryParse(date, out var at, out _)) return at;
        if (!int.TryParse(session["ttl"], out var ttl) || ttl <= 0) return null;
        return TwilioDates.TryParse(session["date_last_interaction"] ?? session["date_created"] ?? "", out var last, out _)
            ? last.AddSeconds(ttl)
            : null;
    }
}

/// <summary>Where a person was last joined with a number of the pool.</summary>
internal sealed record ProxyBinding(string Identifier, string Number, SessionKey Session, string Participant) : IRecord
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<ProxyBinding> Form = new("proxy_binding", static (r, m) => new ProxyBinding(
        m.Text("identifier", r?.Identifier), m.Text("proxy_identifier", r?.Number),
        new SessionKey(m.Account("account_sid", r?.Session.Account), m.Text("service_sid", r?.Session.Service),
        m.Text("session_sid", r?.Session.Session)), m.Text("participant_sid", r?.Participant)));

    public static readonly TableKey<ProxyBinding> Table = new("proxy_bindings", Form);

    public string Key => KeyOf(Identifier, Number);

    public bool IsSettled => true;

    public static string KeyOf(string identifier, string number) => $"{identifier} {number}";

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("identifier", Identifier);
        json.WriteString("proxy_identifier", Number);
        json.WriteString("session_sid", Session.Session);
        json.WriteString("participant_sid", Participant);
    }
}
