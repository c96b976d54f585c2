using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.SmppLinks;
using TwilioEmu.Kernel;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Running;

namespace TwilioEmu.Console.Stories;

/// <summary>Keeps the world of the last story when it has ended, so that it can be looked at; the next one ends it.</summary>
/// <param name="host">Makes the worlds.</param>
/// <param name="started">Told where each answers.</param>
public sealed class KeptWorld(IWorldHost host, Action<Uri> started) : IWorldHost, IAsyncDisposable
{
    private IHostedWorld? _kept;

    public async Task<IHostedWorld> StartAsync(WorldConfig config, CancellationToken cancellation)
    {
        await DisposeAsync();
        var world = await host.StartAsync(config, cancellation);
        _kept = world;
        started(world.BaseUrl);
        return new Lent(world);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _kept, null) is { } old) await old.DisposeAsync();
    }

    /// <summary>A world that outlives who disposes it.</summary>
    private sealed class Lent(IHostedWorld world) : IHostedWorld
    {
        public World World => world.World;

        public HandsetDirectory Handsets => world.Handsets;

        public SmppHost? Smpp => world.Smpp;

        public Uri BaseUrl => world.BaseUrl;

        public IReadOnlyList<StoryAccount> Accounts => world.Accounts;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
