using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.SmppLinks;
using TwilioEmu.Hosting;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Settings;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Running;

namespace TwilioEmu.Composition;

/// <summary>Gives each story an emulator of its own.</summary>
/// <param name="asked">Who runs them: it says what becomes of what is not built, for stories that do not.</param>
/// <param name="port">Where each listens while it lives; 0 for a free port each. It is part of the URLs of recordings and media.</param>
/// <param name="isOnlyIfFree">Takes a free port where another program has it.</param>
internal sealed class StoryHost(ServeOptions asked, int port = 0, bool isOnlyIfFree = false) : IWorldHost
{
    /// <summary>Another program had the port at least once.</summary>
    public bool WasPortTaken { get; private set; }

    /// <inheritdoc/>
    public async Task<IHostedWorld> StartAsync(WorldConfig config, CancellationToken cancellation)
    {
        try
        {
            config = config with { Options = config.Options.Or(WorldSettings.StoresUnbuilt, asked.Get(WorldSettings.StoresUnbuilt)) };
            var server = await ServeAsync(config);
            return new StoryWorld(server, await AccountsAsync(server.House, cancellation));
        }
        catch (ConfigFault fault)
        {
            throw new StoryException($"given.{fault.Path}: {fault.Message}", fault);
        }
        catch (IOException fault) when (port != 0)
        {
            throw new StoryException($"the story's world cannot listen on port {port}: {fault.Message} (--port 0 takes a free one)", fault);
        }
    }

    private async Task<EmulatorServer> ServeAsync(WorldConfig config)
    {
        var clock = config.Options.Get(ServeSettings.Clock) ?? new ClockMode.Manual();
        var setup = WorldSetup.WithDefaults(config, withNumber: false);
        var world = new WorldOptions
        {
            Seed = config.Options.Get(ServeSettings.Seed) ?? 1,
            Clock = clock,
            Start = config.Options.Get(ServeSettings.Start) ?? (clock.IsVirtual ? WorldOptions.StoryStart : null),
            Patience = Patience.Story,
        };
        var endpoints = new Endpoints { Port = port, BindsToCentres = false };
        try
        {
            return await EmulatorServer.StartAsync(setup, world, endpoints);
        }
        catch (IOException) when (isOnlyIfFree && port != 0)
        {
            WasPortTaken = true;
            return await EmulatorServer.StartAsync(setup, world, endpoints with { Port = 0 });
        }
    }

    private static Task<IReadOnlyList<StoryAccount>> AccountsAsync(House house, CancellationToken cancellation) =>
        house.World.Loop.RunAsync<IReadOnlyList<StoryAccount>>(
            () =>
            [
                .. house.Accounts.NewestFirst
                    .Where(a => !a.IsTest)
                    .Select(a => new StoryAccount(a.Sid.Value, a.AuthToken, a.FriendlyName)).Reverse(),
            ],
            cancellation);

    private sealed class StoryWorld(EmulatorServer server, IReadOnlyList<StoryAccount> accounts) : IHostedWorld
    {
        public World World => server.House.World;

        public HandsetDirectory Handsets => server.House.Handsets;

        public SmppHost Smpp => server.House.Smpp;

        public Uri BaseUrl { get; } = new(server.Url);

        public IReadOnlyList<StoryAccount> Accounts => accounts;

        public ValueTask DisposeAsync() => server.DisposeAsync();
    }
}
