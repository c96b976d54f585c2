using System.Text.RegularExpressions;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Randomness;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;
using TwilioEmu.Webhooks.Alerts;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Messaging.Links;

/// <summary>Link shortening: short links in the place of long ones, and what comes of a click.</summary>
/// <remarks>
/// twilio.com/docs/messaging/features/link-shortening: by the domain of the Messaging Service, ten letters and digits, for 90
/// days; a click leads on and is told to the domain's callback URL; an unknown code leads to its fallback URL. The domain, its
/// name (<c>domain_name</c> of its certificate) and its settings are stored resources; where a domain has no name, links are those
/// of a host of the emulator's own. Parameters of the callback are those of the event (inferred: form-encoded). Loop-confined.
/// </remarks>
internal sealed partial class LinkDesk
{
    // The tables of what a domain has; the journal is read for them.
    private const string Domains = "messaging/LinkShortening/Domains/";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int CodeLength = 10;

    // twilio.com/docs/api/errors: a click on what is no link (any more).
    private const int LostToFallback = 30104;
    private const int LostForGood = 30105;

    // Of links to media (twilio.com/docs/messaging/services, MMS converter).
    private const string MediaHost = "p.twil.io";

    private static readonly TimeSpan Life = TimeSpan.FromDays(90);
    private static readonly TimeSpan LifeOfMedia = TimeSpan.FromDays(365);

    private readonly World _world;
    private readonly StoredCollection _certificates;
    private readonly StoredCollection _settings;
    private readonly CallbackLanes _lanes;
    private readonly string _ownOrigin;
    private readonly Chance _chance;
    private readonly Dictionary<(AccountSid Account, string Service), string> _domains = [];
    private readonly HashSet<string> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="world">Clock, journal and store; the journal tells which service has which domain.</param>
    /// <param name="stored">Domains and their settings.</param>
    /// <param name="lanes">Where clicks are told.</param>
    /// <param name="publicUrl">Where the emulator is reached.</param>
    public LinkDesk(World world, StoredDocuments stored, CallbackLanes lanes, string publicUrl)
    {
        (_world, _lanes, _chance) = (world, lanes, world.KeptChances("short links"));
        _certificates = stored.Of("messaging_v1", "/v1/LinkShortening/Domains/{DomainSid}/Certificate");
        _settings = stored.Of("messaging_v1", "/v1/LinkShortening/Domains/{DomainSid}/Config");
        var port = Uri.TryCreate(publicUrl, UriKind.Absolute, out var url) && !url.IsDefaultPort ? $":{url.Port}" : "";
        _ownOrigin = $"http://short.localhost{port}";
        _hosts.UnionWith(["short.localhost", MediaHost]);
        world.Project(static table => table.StartsWith(Domains, StringComparison.Ordinal), Read);
    }

    /// <summary>What a domain's own settings are refused with (twilio.com/docs/api/errors/30109, 30122).</summary>
    public static ApiCodes Codes => new("messaging_v1")
    {
        Parameters = [new(30109, "domain_config", "CallbackUrl"), new(30122, "domain_config", "FallbackUrl")],
    };

    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays => [("messaging_v1/CreateLinkshorteningMessagingService", Join)];

    /// <summary>True for the host of somebody's short links.</summary>
    public bool IsHost(string host) => _hosts.Contains(host);

    /// <summary>The text with short links, or null where the service has no domain to shorten by (30106).</summary>
    public string? Shorten(Message message, long cause)
    {
        if (!_domains.TryGetValue((message.Account, message.Extras.MessagingServiceSid!), out var domain)) return null;
        var origin = OriginOf(message.Account, domain);
        return LinkPattern().Replace(message.Body, found =>
        {
            var code = NewCode();
            var link = new ShortLink(code, message.Account, message.Sid, found.Value, $"{origin}/{code}", _world.Clock.GetUtcNow());
            _world.Store.Put(ShortLink.Table, AccountSid.None, link, LinkEntries.Shortened, cause);
            return IsPlain(message.Account, domain) ? link.Short[(link.Short.IndexOf("//", StringComparison.Ordinal) + 2)..] : link.Short;
        });
    }

    /// <summary>A link that leads to the first of a message's media, for a year; Twilio's shows a page of them all.</summary>
    public string ToMedia(Message message, string code, long cause)
    {
        var (target, shown) = (message.Extras.Media[0].Url, $"https://{MediaHost}/{code}");
        var link = new ShortLink(code, message.Account, message.Sid, target, shown, _world.Clock.GetUtcNow());
        _world.Store.Put(ShortLink.Table, AccountSid.None, link, LinkEntries.Shortened, cause);
        return link.Short;
    }

    /// <summary>Where a click leads: the link, or the domain's fallback; null for nowhere. The domain's callback is told.</summary>
    public string? Click(string code, string? userAgent)
    {
        var now = _world.Clock.GetUtcNow();
        if (_world.Store.Table(ShortLink.Table, AccountSid.None).Find(code) is not { } link) return Lost(code);
        var isMedia = link.Short.Contains(MediaHost, StringComparison.Ordinal);
        if (now - link.Created > (isMedia ? LifeOfMedia : Life)) return Lost(code);
        var message = _world.Store.Table(Message.Table, link.Account).Find(link.Message);
        var clicked = _world.Journal.Write(
            link.Account, LinkEntries.Clicked, code, 0,
            ("message_sid", link.Message), ("to", message?.To), ("link", link.Target), ("shortened_link", link.Short),
            ("user_agent", userAgent));
        var service = isMedia ? null : message?.Extras.MessagingServiceSid;
        if (service is not null && _domains.TryGetValue((link.Account, service), out var domain)
            && Setting(link.Account, domain, "callback_url") is { Length: > 0 } callback)
        {
            _lanes.Enqueue(code, new WebhookRequest
            {
                Account = link.Account,
                Url = callback,
                Method = "POST",
                Parameters =
                [
                    new("event_type", "click"), new("sms_sid", link.Message), new("to", message!.To), new("from", message.From),
                    new("link", link.Target),
                    new("shortened_link", link.Short), new("click_time", TwilioDates.ToIso8601(now)), new("messaging_service_sid", service),
                    new("account_sid", link.Account.Value), new("user_agent", userAgent ?? ""),
                ],
                Subject = link.Message,
                Purpose = WebhookPurpose.ClickCallback,
                Cause = clicked.Seq,
            });
        }
        return link.Target;
    }

    /// <summary>A service has one domain (twilio.com/docs/api/errors/30130).</summary>
    private Answer Join(RestRequest request, Behaviour stored)
    {
        var (domain, service) = (request.PathValues["DomainSid"], request.PathValues["MessagingServiceSid"]);
        return _domains.TryGetValue((request.Account, service), out var other) && other != domain
            ? Answer.Refuse(30130, $"Messaging Service SID already belongs in another domain configuration: {service} is in {other}")
            : stored(request);
    }

    private void Read(Entry entry)
    {
        if (entry.Data is not RecordChange { Record: Document document } change
            || !change.Table.StartsWith(Domains, StringComparison.Ordinal))
        {
            return;
        }
        if (change.Table[Domains.Length..].Split('/') is not [var domain, var list]) return;
        if (list == "MessagingServices")
        {
            if (change.IsRemoval) _domains.Remove((entry.Account, document.Key));
            else _domains[(entry.Account, document.Key)] = domain;
        }
        if (Uri.TryCreate(OriginOf(entry.Account, domain), UriKind.Absolute, out var origin)) _hosts.Add(origin.Host);
    }

    private string OriginOf(AccountSid account, string domain)
    {
        foreach (var certificate in _certificates.In(account, domain).OldestFirst())
        {
            if (certificate["domain_name"] is { Length: > 0 } name)
            {
                return name.Contains("://", StringComparison.Ordinal) ? name.TrimEnd('/') : $"https://{name}";
            }
        }
        return _ownOrigin;
    }

    private bool IsPlain(AccountSid account, string domain) =>
        string.Equals(Setting(account, domain, "disable_https"), "true", StringComparison.OrdinalIgnoreCase);

    private string? Setting(AccountSid account, string domain, string property) => _settings.In(account, domain).Only?[property];

    /// <summary>
    /// Where an unknown code leads: to the fallback of the first domain that has one,
    /// with 30104; else nowhere, with 30105 for the first domain.
    /// </summary>
    private string? Lost(string code)
    {
        foreach (var ((account, _), domain) in _domains)
        {
            if (Setting(account, domain, "fallback_url") is not { Length: > 0 } fallback) continue;
            Warn(account, code, LostToFallback, $"Shortened link not found: {code}. Click redirected to the fallback URL", fallback);
            return fallback;
        }
        foreach (var (account, _) in _domains.Keys)
        {
            Warn(account, code, LostForGood, $"Shortened link not found: {code}, and no fallback URL found", null);
            break;
        }
        return null;
    }

    private void Warn(AccountSid account, string code, int errorCode, string words, string? url) =>
        new Alert { Code = errorCode, Level = AlertLevel.Warning, Message = words, Url = url }.Raise(_world.Journal, account, code, 0);

    private string NewCode()
    {
        var code = new char[CodeLength];
        for (var i = 0; i < code.Length; i++) code[i] = Letters[(int)(_chance.NextBits() % (ulong)Letters.Length)];
        return new string(code);
    }

    [GeneratedRegex(@"https?://[^\s<>""]+[^\s<>"".,;:!?)]", RegexOptions.IgnoreCase)]
    private static partial Regex LinkPattern();
}
