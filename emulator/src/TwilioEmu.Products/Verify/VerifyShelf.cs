using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Products.Verify.Services;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Verify;

/// <summary>Finds what the stored resources keep of Verify, and changes it.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class VerifyShelf(World world, StoredDocuments stored)
{
    private const string Api = "verify_v2";
    private const string Service = "/v2/Services/{ServiceSid}";

    private readonly StoredCollection _services = stored.Of(Api, "/v2/Services");
    private readonly StoredCollection _templates = stored.Of(Api, "/v2/Templates");
    private readonly StoredCollection _safeList = stored.Of(Api, "/v2/SafeList/Numbers");
    private readonly StoredCollection _rateLimits = stored.Of(Api, Service + "/RateLimits");
    private readonly StoredCollection _buckets = stored.Of(Api, Service + "/RateLimits/{RateLimitSid}/Buckets");
    private readonly StoredCollection _messagingConfigurations = stored.Of(Api, Service + "/MessagingConfigurations");
    private readonly StoredCollection _webhooks = stored.Of(Api, Service + "/Webhooks");
    private readonly StoredCollection _entities = stored.Of(Api, Service + "/Entities");
    private readonly StoredCollection _factors = stored.Of(Api, Service + "/Entities/{Identity}/Factors");
    private readonly StoredCollection _challenges = stored.Of(Api, Service + "/Entities/{Identity}/Challenges");
    private readonly StoredCollection _accessTokens = stored.Of(Api, Service + "/AccessTokens");
    private readonly StoredCollection _pools = stored.Of("messaging_v1", "/v1/Services/{ServiceSid}/PhoneNumbers");

    public World World => world;

    public DateTimeOffset Now => world.Clock.GetUtcNow();

    public ServiceSettings? FindService(AccountSid account, string sid) =>
        _services.In(account).Find(sid) is { } service ? new ServiceSettings(service) : null;

    /// <summary>Who writes a service's e-mails; null for a service without a mailer.</summary>
    public Mailer? MailerOf(AccountSid account, string service) => world.Store.Table(Mailer.Table, account).Find(service);

    public StoredList ServicesOf(AccountSid account) => _services.In(account);

    public Document? FindTemplate(AccountSid account, string sid) => _templates.In(account).FindOrBuiltIn(sid);

    public StoredList RateLimits(AccountSid account, string service) => _rateLimits.In(account, service);

    public StoredList Buckets(AccountSid account, string service, string limit) => _buckets.In(account, service, limit);

    public Document? MessagingConfiguration(AccountSid account, string service, string country) =>
        _messagingConfigurations.In(account, service).Find(country);

    public StoredList Webhooks(AccountSid account, string service) => _webhooks.In(account, service);

    /// <summary>The first number of a Messaging Service's pool, or null.</summary>
    public string? SenderOf(AccountSid account, string messagingService) =>
        _pools.In(account, messagingService).OldestFirst().FirstOrDefault()?["phone_number"];

    public bool IsOnSafeList(AccountSid account, string number) => _safeList.In(account).Contains(number);

    /// <summary>True for a number that stands on the list of all products, by itself or by its first digits.</summary>
    public bool IsOnGlobalSafeList(AccountSid account, string number) =>
        world.Store.Table(SafeNumber.Table, account) is { Count: > 0 } safe
            && (safe.Find(number) is not null || (SafeNumber.PrefixOf(number) is { } prefix && safe.Find(prefix) is not null));

    public StoredList AccessTokens(AccountSid account, string service) => _accessTokens.In(account, service);

    public StoredList Entities(AccountSid account, string service) => _entities.In(account, service);

    public StoredList Factors(AccountSid account, string service, string identity) => _factors.In(account, service, identity);

    public StoredList Challenges(AccountSid account, string service, string identity) => _challenges.In(account, service, identity);
}
