using System.Text.RegularExpressions;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Randomness;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Resources;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Messaging.Links;

/// <summary>Link shortening: short links in the place of long ones, and what comes of a click.</summary>
/// <remarks>
/// twilio.com/docs/messaging/features/link-shortening: by the domain of the Messaging Service, ten letters and digits, for 90 days; a click leads on and is told to the
/// domain's callback URL; an unknown code leads to its fallback URL. The domain, its name (<c>domain_name</c> of its certificate) and its settings are stored resources; where
/// a domain has no name, links are those of a host of the emulator's own. Parameters of the callback are those of the event (inferred: form-encoded). Loop-confined.
/// </remarks>
internal sealed partial class LinkDesk
{
    // The tables of what a domain has; the journal is read for them.
    private const string Domains = "messaging/LinkShortening/Domains/";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int CodeLength = 10;

    private static readonly TimeSpan Life = TimeSpan.FromDays(90);

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
        _hosts.Add("short.localhost");
        world.Project(static table => table.StartsWith(Domains, StringComparison.Ordinal), Read);
    }

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

    /// <summary>Where a click leads: the link, or the domain's fallback; null for nowhere. The domain's callback is told.</summary>
    public string? Click(string code, string? userAgent)
    {
        var now = _world.Clock.GetUtcNow();
        if (_world.Store.Table(ShortLink.Table, AccountSid.None).Find(code) is not { } link || now - link.Created > Life) return Fallback();
        var message = _world.Store.Table(Message.Table, link.Account).Find(link.Message);
        var clicked = _world.Journal.Write(
            link.Account, LinkEntries.Clicked, code, 0,
            ("message_sid", link.Message), ("to", message?.To), ("link", link.Target), ("shortened_link", link.Short), ("user_agent", userAgent));
        var service = message?.Extras.MessagingServiceSid;
        if (service is not null && _domains.TryGetValue((link.Account, service), out var domain) && Setting(link.Account, domain, "callback_url") is { Length: > 0 } callback)
        {
            _lanes.Enqueue(code, new WebhookRequest
            {
                Account = link.Account,
                Url = callback,
                Method = "POST",
                Parameters =
                [
                    new("event_type", "click"), new("sms_sid", link.Message), new("to", message!.To), new("from", message.From), new("link", link.Target),
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

    private void Read(Entry entry)
    {
        if (entry.Data is not RecordChange { Record: Document document } change || !change.Table.StartsWith(Domains, StringComparison.Ordinal)) return;
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
            if (certificate["domain_name"] is { Length: > 0 } name) return name.Contains("://", StringComparison.Ordinal) ? name.TrimEnd('/') : $"https://{name}";
        }
        return _ownOrigin;
    }

    private bool IsPlain(AccountSid account, string domain) => string.Equals(Setting(account, domain, "disable_https"), "true", StringComparison.OrdinalIgnoreCase);

    private string? Setting(AccountSid account, string domain, string property) => _settings.In(account, domain).Only?[property];

    /// <summary>Where an unknown code leads: the first domain with a fallback.</summary>
    private string? Fallback() => _domains.Select(d => Setting(d.Key.Account, d.Value, "fallback_url")).FirstOrDefault(f => !string.IsNullOrEmpty(f));

    private string NewCode()
    {
        var code = new char[CodeLength];
        for (var i = 0; i < code.Length; i++) code[i] = Letters[(int)(_chance.NextBits() % (ulong)Letters.Length)];
        return new string(code);
    }

    [GeneratedRegex(@"https?://[^\s<>""]+[^\s<>"".,;:!?)]", RegexOptions.IgnoreCase)]
    private static partial Regex LinkPattern();
}
