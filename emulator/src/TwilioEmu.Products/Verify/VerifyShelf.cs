using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Products.Verify.Services;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Verify;

/// <summary>Finds what the stored resources keep of Verify, and changes it.</summary>
/// <remarks>Loop-confined. A table is named as the list's path without its version.</remarks>
internal sealed class VerifyShelf(World world, StoredDocuments documents)
{
    private const string List = "verify/Services";

    public World World => world;

    public DateTimeOffset Now => world.Clock.GetUtcNow();

    public ServiceSettings? FindService(AccountSid account, string sid) => documents.FindAt(account, List, sid) is { } service ? new ServiceSettings(service) : null;

    public IEnumerable<Document> ServicesOf(AccountSid account) => documents.AllAt(account, List);

    public Document? FindTemplate(AccountSid account, string sid) => documents.FindBuiltInOrAt(account, "verify/Templates", sid);

    public IEnumerable<Document> RateLimits(AccountSid account, string service) => documents.AllAt(account, $"{List}/{service}/RateLimits");

    public IEnumerable<Document> Buckets(AccountSid account, string service, string limit) => documents.AllAt(account, $"{List}/{service}/RateLimits/{limit}/Buckets");

    public Document? MessagingConfiguration(AccountSid account, string service, string country) => documents.FindAt(account, $"{List}/{service}/MessagingConfigurations", country);

    public IEnumerable<Document> Webhooks(AccountSid account, string service) => documents.AllAt(account, $"{List}/{service}/Webhooks");

    /// <summary>The first number of a Messaging Service's pool, or null.</summary>
    public string? SenderOf(AccountSid account, string messagingService) => documents.AllAt(account, $"messaging/Services/{messagingService}/PhoneNumbers").FirstOrDefault()?["phone_number"];

    public bool IsOnSafeList(AccountSid account, string number) => documents.FindAt(account, "verify/SafeList/Numbers", number) is not null;

    public Table<Document> Entities(AccountSid account, string service) => Table($"{List}/{service}/Entities", account);

    public Table<Document> Factors(AccountSid account, string service, string identity) => Table($"{List}/{service}/Entities/{identity}/Factors", account);

    public Table<Document> Challenges(AccountSid account, string service, string identity) => Table($"{List}/{service}/Entities/{identity}/Challenges", account);

    /// <summary>Replaces properties of a resource of an entity; null takes one away.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="service">Of the service.</param>
    /// <param name="identity">Of the entity, as its list's path has it.</param>
    /// <param name="list"><c>Factors</c> or <c>Challenges</c>.</param>
    /// <param name="document">What it was.</param>
    /// <param name="cause">Seq of the entry it follows from.</param>
    /// <param name="values">What it is from now on.</param>
    public Document Change(AccountSid account, string service, string identity, string list, Document document, long cause, params ReadOnlySpan<(string Name, string? Value)> values) =>
        documents.Change(
            account, $"{List}/{service}/Entities/{identity}/{list}", document, documents.KindOf("verify_v2", list == "Factors" ? "FetchFactor" : "FetchChallenge", "updated"), cause, values);

    private Table<Document> Table(string name, AccountSid account) => world.Store.Table(Document.TableOf(name), account);
}
