using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Running;

namespace TwilioEmu.Console.Tests;

/// <summary>Small houses for stories: each has the echo, and counts until it is ended.</summary>
internal sealed class StoryWorldHost : IWorldHost
{
    /// <summary>Worlds that stand now.</summary>
    public int Count { get; private set; }

    public async Task<IHostedWorld> StartAsync(WorldConfig config, CancellationToken cancellation)
    {
        var house = await TestHouse.BuildAsync(config.Options.Get(ServeSettings.Clock) ?? new ClockMode.Manual());
        Count++;
        return new Hosted(house, () => Count--);
    }

    private sealed class Hosted(TestHouse house, Action ended) : IHostedWorld
    {
        public World World => house.World;

        public HandsetDirectory Handsets => house.Handsets;

        public Uri BaseUrl { get; } = new("http://127.0.0.1:9/");

        public IReadOnlyList<StoryAccount> Accounts => [];

        public async ValueTask DisposeAsync()
        {
            await house.World.DisposeAsync();
            ended();
        }
    }
}
