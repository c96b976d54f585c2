using TwilioEmu.Accounts.DialingPermissions;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Accounts.Pricing;
using TwilioEmu.Accounts.TestCredentials;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Settings;
using TwilioEmu.Rest;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Accounts.Attaching;

/// <summary>What every product of one world stands on: its doors, its letterbox, its books.</summary>
/// <remarks>
/// No container of services: the list of products is in order, and order is meaning. Loop-confined but for <see cref="Door"/>.
/// </remarks>
public sealed class Floor
{
    /// <summary>Lays the floor; the books' own operations hang at the door from then on.</summary>
    /// <param name="world">Where it lies.</param>
    /// <param name="exchange">The back door.</param>
    /// <param name="letterbox">The way out to the app.</param>
    /// <param name="catalog">The operations.</param>
    /// <param name="options">What may differ between worlds.</param>
    public Floor(World world, Exchange exchange, ILetterbox letterbox, ApiCatalog catalog, FloorOptions? options = null)
    {
        options ??= new FloorOptions();
        (World, Exchange, Letterbox, Catalog, PublicUrl, Prices) = (world, exchange, letterbox, catalog, options.PublicUrl, options.Prices);
        Hooks = options.Hooks ?? new OwnHooks(world);
        Accounts = new AccountBook(world);
        var entries = new StoredEntries(options.IsTaken ?? (_ => false));
        Door = new FrontDoor(world, Accounts, catalog, options.ConcurrentRequests, entries);
        foreach (var codes in AccountCodes.All) Door.Declare(codes);
        Numbers = new NumberBook(world, exchange, Accounts, Documents);
        Permissions = new PermissionBook(world, Accounts);
        Hang(Accounts.Behaviours);
        Hang(Numbers.Behaviours);
        Hang(new PermissionOperations(Permissions).Behaviours);
        Hang(new PricingOperations(Prices, Numbers).Behaviours);
        HangForTests(TestCredentialOperations.Behaviours);
    }

    public World World { get; }

    public Exchange Exchange { get; }

    public ILetterbox Letterbox { get; }

    /// <summary>Twilio's own webhooks, which products answer.</summary>
    public OwnHooks Hooks { get; }

    public ApiCatalog Catalog { get; }

    public FrontDoor Door { get; }

    public AccountBook Accounts { get; }

    public NumberBook Numbers { get; }

    public PermissionBook Permissions { get; }

    public PriceBook Prices { get; }

    /// <summary>The stored resources of products that have no behaviour of their own.</summary>
    public StoredDocuments Documents => Door.Documents;

    /// <summary>Scheme and authority under which the app reaches the REST API, for links in webhooks.</summary>
    public string PublicUrl { get; }

    /// <summary>The name a number is registered under (CNAM), asked of whoever knows names; null while nobody here does.</summary>
    public Func<string, string?>? CallerNames { get; set; }

    /// <summary>
    /// What sort of line a number was told to be (<c>landline</c>), asked of whoever knows;
    /// null for any that nobody spoke of, and while nobody here knows.
    /// </summary>
    public Func<string, string?>? LineTypes { get; set; }

    /// <summary>The carrier a number was told to have, likewise.</summary>
    public Func<string, string?>? Carriers { get; set; }

    /// <summary>Lanes of a product's own, for callbacks that must keep their order.</summary>
    public CallbackLanes NewLanes() => new(World, Letterbox);

    /// <summary>Lanes for callbacks that overlap on the live service, unless the user wants them in order.</summary>
    public CallbackLanes NewLooseLanes() => new(World, Letterbox, World.Options.Asked.Get(WorldSettings.OrdersCallbacks));

    /// <summary>Attaches products, one after another. A turn of the loop.</summary>
    public Floor Attach(params IEnumerable<IProduct> products)
    {
        foreach (var product in products) product.Attach(this);
        return this;
    }

    /// <summary>Hangs up behaviours at the front door, by operation.</summary>
    public void Hang(IEnumerable<(string OperationId, Behaviour Behaviour)> behaviours)
    {
        foreach (var (operation, behaviour) in behaviours) Door.On(operation, behaviour);
    }

    /// <summary>Lays what operations of stored resources do beyond keeping them over these, by operation.</summary>
    /// <param name="overlays">Operations as <see cref="FrontDoor.Over(string, Overlay)"/> takes them.</param>
    /// <param name="document">Of all of them, where they are told by their ids alone.</param>
    public void Lay(IEnumerable<(string OperationId, Overlay Overlay)> overlays, string? document = null)
    {
        foreach (var (operation, overlay) in overlays) Door.Over(document is null ? operation : $"{document}/{operation}", overlay);
    }

    /// <summary>Opens operations to test credentials, each with its stand-in, or with none where the live behaviour serves.</summary>
    public void HangForTests(IEnumerable<(string OperationId, Behaviour? StandIn)> standIns)
    {
        foreach (var (operation, standIn) in standIns) Door.OnTest(operation, standIn);
    }
}

/// <summary>What may differ between the floors of two worlds.</summary>
public sealed record FloorOptions
{
    /// <summary>Scheme and authority under which the app reaches the REST API.</summary>
    public string PublicUrl { get; init; } = "http://emulator";

    public PriceBook Prices { get; init; } = new();

    /// <summary>How many requests an account may have in flight; null for any number.</summary>
    public int? ConcurrentRequests { get; init; }

    /// <summary>What the letterbox asks at <see cref="OwnHooks.Host"/>; null where nothing goes there.</summary>
    public OwnHooks? Hooks { get; init; }

    /// <summary>Whether a product's journal kinds are about a thing of this name.</summary>
    public Func<string, bool>? IsTaken { get; init; }
}
