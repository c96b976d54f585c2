using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TwilioEmu.Accounts.Attaching;
using TwilioEmu.Accounts.DialingPermissions;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Accounts.Pricing;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Settings;
using TwilioEmu.Messaging;
using TwilioEmu.Products.BulkExports;
using TwilioEmu.Products.Conversations;
using TwilioEmu.Products.Lookup;
using TwilioEmu.Products.Monitor;
using TwilioEmu.Products.Sync;
using TwilioEmu.Products.Traversal;
using TwilioEmu.Products.Usage;
using TwilioEmu.Rest;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Testing.Rest;

/// <summary>A world with a front door, an account book and the default account; requests go in without a socket.</summary>
public sealed class RestWorld : IAsyncDisposable
{
    public const string Account = "AC00000000000000000000000000000001";

    public const string Token = "00000000000000000000000000000001";

    public RestWorld(World? world = null, int? concurrentRequests = null, bool storesUnbuilt = false)
    {
        Lookup = new LookupProduct(Facts);
        var options = new HouseOptions
        {
            World = world
                ?? new World(House.UsualWorld with { Asked = ServeOptions.None.With(WorldSettings.StoresUnbuilt, storesUnbuilt) }),
            Floor = new FloorOptions { Prices = Prices, ConcurrentRequests = concurrentRequests, IsTaken = IsTaken },
            Apps = new Dictionary<string, IApp> { ["app"] = App },
        };
        House = House.With(
            options, new UsageProduct(), new BulkExportsProduct(Exports), new MonitorProduct(), new TraversalProduct(), Lookup,
            new ConversationsProduct(Messaging),
            new SyncProduct());
    }

    private static bool IsTaken(string thing) => thing is "message" or "call" or "number" or "account" or "handset";

    /// <summary>What stands behind the door.</summary>
    public House House { get; }

    public World World => House.World;

    /// <summary>The app at <c>http://app</c> for what has no house of its own: usage triggers.</summary>
    public FakeApp App { get; } = new(Token);

    public PriceBook Prices { get; } = new();

    /// <summary>What Lookup knows of numbers; tests add to it before they ask.</summary>
    public Dictionary<string, NumberFacts> Facts { get; } = [];

    /// <summary>Texts; attached by those who need them.</summary>
    public MessagingProduct Messaging { get; } = new();

    /// <summary>What others ask of numbers.</summary>
    public LookupProduct Lookup { get; }

    /// <summary>What can be exported; tests add to it before they ask.</summary>
    public List<ExportSource> Exports { get; } = [];

    public AccountBook Accounts => House.Accounts;

    public HandsetDirectory Handsets => House.Handsets;

    public Exchange Exchange => House.Exchange;

    public NumberBook Numbers => House.Numbers;

    public PermissionBook Permissions => House.Floor.Permissions;

    public FrontDoor Door => House.Door;

    /// <summary>Attaches more products, as the house of the executable does.</summary>
    public void Attach(params IProduct[] products) => House.Attach(products);

    public Task<RestAnswer> GetAsync(string path, string user = Account, string? password = Token) =>
        SendAsync("GET", path, null, null, user, password);

    /// <summary>A POST of name and value pairs: <c>PostAsync(path, "To", "+1...", "Body", "hi")</c>.</summary>
    public Task<RestAnswer> PostAsync(string path, params string[] pairs)
    {
        var form = string.Join('&', pairs.Chunk(2).Select(p => $"{Uri.EscapeDataString(p[0])}={Uri.EscapeDataString(p[1])}"));
        return SendAsync("POST", path, form, "application/x-www-form-urlencoded");
    }

    /// <summary>A POST to messaging.twilio.com.</summary>
    public Task<RestAnswer> PostMessagingAsync(string path, params string[] pairs)
    {
        var form = string.Join('&', pairs.Chunk(2).Select(p => $"{Uri.EscapeDataString(p[0])}={Uri.EscapeDataString(p[1])}"));
        return SendAsync("POST", path, form, "application/x-www-form-urlencoded", host: "messaging.twilio.com");
    }

    public Task<RestAnswer> DeleteAsync(string path) => SendAsync("DELETE", path, null, null);

    /// <summary>Any request; a path without a leading slash is below the default account: <c>Messages.json</c>.</summary>
    public async Task<RestAnswer> SendAsync(
        string method, string path, string? body, string? contentType, string? user = Account, string? password = Token,
        string host = "api.twilio.com",
        string? bearer = null, bool tellsWebhooks = false)
    {
        if (!path.StartsWith('/')) path = $"/2010-04-01/Accounts/{Account}/{path}";
        var http = new DefaultHttpContext();
        var query = path.IndexOf('?');
        http.Request.Method = method;
        http.Request.Scheme = "https";
        http.Request.Host = new HostString(host);
        http.Request.Path = new PathString(query < 0 ? path : path[..query]);
        http.Request.QueryString = new QueryString(query < 0 ? "" : path[query..]);
        if (tellsWebhooks) http.Request.Headers["X-Twilio-Webhook-Enabled"] = "true";
        if (bearer is not null) http.Request.Headers.Authorization = "Bearer " + bearer;
        else if (user is not null)
        {
            http.Request.Headers.Authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        }
        if (body is not null)
        {
            var bytes = Encoding.UTF8.GetBytes(body);
            http.Request.Body = new MemoryStream(bytes);
            http.Request.ContentLength = bytes.Length;
            http.Request.ContentType = contentType;
        }
        var answer = new MemoryStream();
        http.Response.Body = answer;
        await Door.HandleAsync(http);
        return new RestAnswer(http.Response.StatusCode, http.Response.Headers, Encoding.UTF8.GetString(answer.ToArray()))
        {
            Bytes = answer.ToArray(),
        };
    }

    /// <summary>The journal's entries of a kind, oldest first.</summary>
    public Task<List<Entry>> EntriesAsync(string kind) =>
        World.Loop.RunAsync(() => World.Journal.After(0).Where(e => e.Kind == kind).ToList(), default);

    public ValueTask DisposeAsync() => House.DisposeAsync();
}

/// <summary>What the door answered.</summary>
public sealed record RestAnswer(int Status, IHeaderDictionary Headers, string Body)
{
    /// <summary>The body as it is.</summary>
    public byte[] Bytes { get; init; } = [];

    /// <summary>The body as JSON.</summary>
    public JsonElement Json
    {
        get
        {
            using var json = JsonDocument.Parse(Body);
            return json.RootElement.Clone();
        }
    }

    /// <summary>Of the error that it is.</summary>
    /// <exception cref="InvalidOperationException">It is none: perhaps the product is not attached to the test's world.</exception>
    public int Code => Json.TryGetProperty("code", out var code)
        ? code.GetInt32()
        : throw new InvalidOperationException($"no error was answered, but {Status}: {Body}");

    /// <summary>A text member, or null.</summary>
    public string? this[string property] =>
        Json.GetProperty(property).ValueKind == JsonValueKind.Null ? null : Json.GetProperty(property).ToString();
}
