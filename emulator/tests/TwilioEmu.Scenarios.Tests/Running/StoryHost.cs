using System.Text;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Carrier.SmppLinks;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Running;
using TwilioEmu.Scenarios.Steps;

namespace TwilioEmu.Scenarios.Tests.Running;

/// <summary>A small house for stories: its numbers echo texts after two seconds, and its REST API is a function.</summary>
internal sealed class StoryHost : IWorldHost, IHttpDoor
{
    public Func<HttpAsk, HttpReply> Rest { get; set; } = _ => new HttpReply(404, null, default);

    public List<HttpAsk> Asked { get; } = [];

    public List<string> Journal { get; private set; } = [];

    public Hosted? Last { get; private set; }

    public async Task<IHostedWorld> StartAsync(WorldConfig config, CancellationToken cancellation)
    {
        var world = new World(new WorldOptions
        {
            Clock = config.Options.Get(ServeSettings.Clock)!,
            Seed = config.Options.Get(ServeSettings.Seed)!.Value,
            Start = WorldOptions.StoryStart,
        });
        return Last = await world.Loop.RunAsync(() => new Hosted(this, world, config), cancellation);
    }

    public Task<HttpReply> SendAsync(HttpAsk ask, CancellationToken cancellation)
    {
        Asked.Add(ask);
        return Task.FromResult(Rest(ask));
    }

    public async Task<StoryResult> PlayAsync(string yaml)
    {
        var faults = new Faults();
        var story = ScenarioReader.ReadFile("s.yaml", yaml, faults);
        story.Should().NotBeNull(string.Join('\n', faults.All));
        return await ScenarioRunner.InFreshWorlds(this, this, TimeProvider.System).RunAsync(story!, CancellationToken.None);
    }

    public static HttpReply Json(int status, string json) => new(status, "application/json", Encoding.UTF8.GetBytes(json));

    internal sealed class Hosted : IHostedWorld, IInboundTexts, IReceipts
    {
        private readonly StoryHost _host;

        public Hosted(StoryHost host, World world, WorldConfig config)
        {
            (_host, World, Handsets) = (host, world, new HandsetDirectory(world));
            Handsets.Exchange.Attach((IInboundTexts)this);
            foreach (var number in config.Numbers) Handsets.Exchange.AddNumber(number.Number);
            foreach (var phone in config.Handsets) Handsets.Configure(phone.Number, phone.Behaviour);
            Smpp = new SmppHost(world, Handsets);
            foreach (var system in config.Smpp.Systems) Smpp.Add(system);
        }

        public SmppHost Smpp { get; }

        public World World { get; }

        public HandsetDirectory Handsets { get; }

        public Uri BaseUrl { get; } = new("http://127.0.0.1:1");

        public IReadOnlyList<StoryAccount> Accounts { get; } = [new("AC1", "token", "Main"), new("AC2", "other", "Second")];

        public string Receive(TextMessage message)
        {
            var sid = World.Sids.New("SM");
            var entry = World.Journal.Write(
                AccountSid.None, new("message.received", "a test's"), sid, message.Cause, ("body", message.Body));
            World.Clock.CreateTimer(
                _ =>
                    Handsets.Of(message.From).Submit(
                        message with
                        {
                            Subject = sid,
                            From = message.To,
                            To = message.From,
                            Body = "echo " + message.Body,
                            Cause = entry.Seq,
                        },
                        this),
                null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
            return sid;
        }

        public void Accepted(TextMessage message) { }

        public void Refused(TextMessage message, int errorCode) { }

        public void Delivered(TextMessage message) =>
            World.Journal.Write(AccountSid.None, new("message.delivered", "a test's"), message.Subject, message.Cause);

        public void Undelivered(TextMessage message, int errorCode) { }

        public async ValueTask DisposeAsync()
        {
            _host.Journal = await World.Loop.RunAsync(
                () => World.Journal.After(0).Select(e => e.ToJson()).ToList(), CancellationToken.None);
            await World.DisposeAsync();
        }
    }
}
