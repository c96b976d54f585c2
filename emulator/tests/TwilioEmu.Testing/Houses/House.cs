using TwilioEmu.Accounts.Attaching;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Rest;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Testing.Rest;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Testing.Houses;

/// <summary>
/// A world with its doors, letterbox and books, and the products a test is
/// about, in their order: the one place where tests put a house together.
/// </summary>
/// <remarks>
/// The executable's own is a list of all products (<c>Composition/House.cs</c>). Time moves when told, unless the world was told otherwise.
/// </remarks>
public sealed class House : IAsyncDisposable
{
    private readonly Letterbox _letterbox;
    private readonly Floor _floor;

    private House(World world, HouseOptions options)
    {
        World = world;
        Handsets = new HandsetDirectory(world);
        var hooks = new OwnHooks(world);
        var apps = new Dictionary<string, IApp>(options.Apps) { [OwnHooks.Host] = hooks };
        _letterbox = new Letterbox(world, new LetterboxOptions { Apps = apps, TokenOf = account => Accounts.TokenOf(account) });
        _floor = new Floor(world, Exchange, _letterbox, ApiCatalog.Open(), options.Floor with { Hooks = hooks });
    }

    public World World { get; }

    public HandsetDirectory Handsets { get; }

    public Exchange Exchange => Handsets.Exchange;

    public AccountBook Accounts => _floor.Accounts;

    public NumberBook Numbers => _floor.Numbers;

    public FrontDoor Door => _floor.Door;

    internal Floor Floor => _floor;

    /// <summary>
    /// What a world of tests is unless told otherwise: manual time from the stories' instant on, and entries held against what is declared.
    /// </summary>
    public static WorldOptions UsualWorld { get; } = new()
    {
        Clock = new ClockMode.Manual(),
        Start = WorldOptions.StoryStart,
        Inspect = DeclaredEntries.Check,
    };

    /// <summary>Builds a house of products, and moves the accounts in.</summary>
    public static House With(HouseOptions options, params IEnumerable<IProduct> products)
    {
        var world = options.World ?? new World(UsualWorld);
        return world.Loop.RunAsync(
            () =>
            {
                var house = new House(world, options);
                house._floor.Attach(products);
                foreach (var account in options.Accounts) house.Accounts.Create(account);
                return house;
            },
            default).GetAwaiter().GetResult();
    }

    /// <summary>Attaches more products, as the house of the executable does.</summary>
    public void Attach(params IEnumerable<IProduct> products) =>
        World.Loop.RunAsync(() => { _floor.Attach(products); }, default).GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        _letterbox.Dispose();
    }
}

/// <summary>What may differ between the houses of tests.</summary>
public sealed record HouseOptions
{
    /// <summary>The account most tests ask as.</summary>
    public static AccountSpec First { get; } = new()
    {
        Sid = AccountBook.DefaultSid,
        AuthToken = AccountBook.DefaultToken,
        FriendlyName = "First",
    };

    /// <summary>Null for <see cref="House.UsualWorld"/>.</summary>
    public World? World { get; init; }

    public FloorOptions Floor { get; init; } = new();

    /// <summary>Apps in this process, by authority.</summary>
    public IReadOnlyDictionary<string, IApp> Apps { get; init; } = new Dictionary<string, IApp>();

    public IReadOnlyList<AccountSpec> Accounts { get; init; } = [First];
}
