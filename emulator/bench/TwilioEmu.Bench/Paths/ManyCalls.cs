using System.Diagnostics;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Composition;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Voice.Calls;

namespace TwilioEmu.Bench.Paths;

/// <summary>
/// Calls a second: each dialled, answered by TwiML with one Say and ended, in virtual
/// time, the document from an app in the world or behind a socket; and 10,000 at once.
/// </summary>
internal static class ManyCalls
{
    private const string Document = "<Response><Say>Hello and welcome, this is the one sentence of this call</Say></Response>";
    private const int Batch = 1000;

    public static async Task<int> RunAsync(int count)
    {
        Out.WriteLine("| calls | at once | app | calls/s | first tenth | last tenth | resident |");
        Out.WriteLine("|---|---|---|---|---|---|---|");
        await MeasureAsync(count, Batch, "in the world", null);
        await MeasureAsync(10_000, 10_000, "in the world", null);
        await using var app = await App.StartAsync();
        await MeasureAsync(count / 4, Batch, "behind a socket", app.Url);
        Out.WriteLine($"load of the machine {Rooms.LoadAverage()}");
        return 0;
    }

    private static async Task MeasureAsync(int count, int atOnce, string where, string? url)
    {
        var config = WorldSetup.WithDefaults(
            new WorldConfig
            {
                Numbers =
                [
                    new PhoneNumberSpec
                    {
                        Number = Programs.Number(0),
                        Parameters = new Dictionary<string, string>
                        {
                            ["VoiceUrl"] = url ?? "http://app/voice",
                            ["StatusCallback"] = url ?? "http://app/voice",
                        },
                    },
                ],
                App = new AppConfig
                {
                    Pages =
                    [
                        new AppPage(
                            new Uri("http://app/voice"),
                            [new AppChoice(new Dictionary<string, string>(), [new AppReply(200, "text/xml", Document, TimeSpan.Zero)])]),
                    ],
                },
            }, withNumber: false);
        await using var house = await House.BuildAsync(
            config, new WorldOptions { Clock = new ClockMode.Auto(), Start = WorldOptions.StoryStart }, ApiCatalog.Open(), "http://127.0.0.1:4010");
        var world = house.World;
        var times = new List<double>();
        for (var done = 0; done < count; done += atOnce)
        {
            var first = done;
            var watch = Stopwatch.StartNew();
            var hold = world.Clock.Hold("phones dial");
            await world.Loop.RunAsync(() => { for (var i = first; i < first + atOnce; i++) house.Handsets.Dial($"+1212{i:0000000}", Programs.Number(0), [new ScriptStep.Waits(TimeSpan.FromMinutes(5))]); }, CancellationToken.None);
            hold.Dispose();
            while (!await world.Loop.RunAsync(() => world.Clock.TimerCount == 0 && !house.Handsets.Legs.Any(), CancellationToken.None)) await Task.Delay(2);
            times.Add(watch.Elapsed.TotalSeconds);
        }
        var completed = await world.Loop.RunAsync(
            () => world.Store.Table(Call.Table, AccountBook.DefaultSid).OldestFirst().Count(c => c.Status == CallStatus.Completed),
            CancellationToken.None);
        if (completed != count) Out.WriteLine($"only {completed} of {count} calls came to a good end");
        var tenth = Math.Max(1, times.Count / 10);
        using var self = Process.GetCurrentProcess();
        Out.WriteLine(
            $"| {count:N0} | {atOnce:N0} | {where} | {count / times.Sum():N0} | {atOnce * tenth / times.Take(tenth).Sum():N0} | "
                + $"{atOnce * tenth / times.TakeLast(tenth).Sum():N0} | {self.WorkingSet64 / 1024 / 1024} MiB |");
    }

    /// <summary>An app of nothing but a listener.</summary>
    private sealed class App : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private App(WebApplication app) => _app = app;

        public string Url => _app.Urls.First() + "/voice";

        public static async Task<App> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            app.MapPost("/voice", static async context =>
            {
                await context.Request.Body.CopyToAsync(Stream.Null);
                context.Response.ContentType = "text/xml";
                await context.Response.WriteAsync(Document);
            });
            await app.StartAsync();
            return new App(app);
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();
    }
}
