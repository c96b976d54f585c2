using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Composition;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Voice.Recordings;

namespace TwilioEmu.Bench.Paths;

/// <summary>
/// A thousand phones in conferences of ten, recorded, for an hour of virtual time: each says a sentence a minute, and nine hear
/// it. Budget: told in 10 s, journals equal over all repeats before anything is trimmed. Then one recorded hour is rendered.
/// </summary>
internal static class Rooms
{
    private const int RoomCount = 100;
    private const int MemberCount = 10;
    private const int Minutes = 60;

    public static async Task<int> RunAsync(int repeats)
    {
        Out.WriteLine("| repeat | told in | of processor | entries | heard | resident at the end |");
        Out.WriteLine("|---|---|---|---|---|---|");
        var hashes = new HashSet<string>();
        var longest = 0.0;
        for (var i = 1; i <= repeats; i++)
        {
            var (hash, seconds) = await OnceAsync(i, renders: i == repeats);
            hashes.Add(hash);
            longest = Math.Max(longest, seconds);
        }
        Out.WriteLine($"journals: {(hashes.Count == 1 ? "equal" : $"{hashes.Count} different ones")}; longest {longest:0.0} s; load of the "
            + $"machine {LoadAverage()}");
        return hashes.Count == 1 ? 0 : 1;
    }

    /// <summary>Of the last minute, as the system tells it.</summary>
    internal static string LoadAverage() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static async Task<(string Hash, double Seconds)> OnceAsync(int number, bool renders)
    {
        var config = WorldSetup.WithDefaults(
            new WorldConfig
            {
                Numbers =
                [
                    .. Enumerable.Range(0, RoomCount)
                        .Select(i =>
                            new PhoneNumberSpec
                            {
                                Number = Programs.Number(i),
                                Parameters = new Dictionary<string, string> { ["VoiceUrl"] = "http://app/voice" },
                            }),
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
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var hold = world.Clock.Hold("everybody dials");
        await world.Loop.RunAsync(() => _ = world.Journal.Subscribe(e => digest.AppendData(Encoding.UTF8.GetBytes(e.ToJson()))), CancellationToken.None);
        await world.Loop.RunAsync(() => Dial(house), CancellationToken.None);
        var processor = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        hold.Dispose();
        while (!await world.Loop.RunAsync(() => world.Clock.TimerCount == 0 && !house.Handsets.Legs.Any(), CancellationToken.None)) await Task.Delay(20);
        watch.Stop();
        processor = Environment.CpuUsage.TotalTime - processor;
        var (heard, recordings) = await world.Loop.RunAsync(
            () =>
                (
                    house.Handsets.All.Sum(p => p.Heard.Count),
                    world.Store.Table(Recording.Table, AccountBook.DefaultSid).OldestFirst().ToList()),
            CancellationToken.None);
        using var self = Process.GetCurrentProcess();
        Out.WriteLine(
            $"| {number} | {watch.Elapsed.TotalSeconds:0.00} s | {processor.TotalSeconds:0.00} s | {world.Journal.LastSeq:N0} | {heard:N0} "
                + $"kept | {self.WorkingSet64 / 1024 / 1024} MiB |");
        if (renders) await RenderAsync(house, recordings);
        return (Convert.ToHexString(digest.GetHashAndReset()), watch.Elapsed.TotalSeconds);
    }

    private const string Document = "<Response><Dial><Conference record='record-from-start' waitUrl='' beep='false'>{{To}}</Conference></Dial></Response>";

    private static void Dial(House house)
    {
        for (var i = 0; i < RoomCount * MemberCount; i++)
        {
            var (room, member) = (i / MemberCount, i % MemberCount);
            ScriptStep[] minute =
            [
                new ScriptStep.Says($"This is member {member} of room {room} with something to say"),
                new ScriptStep.Waits(TimeSpan.FromSeconds(55)),
            ];
            house.Handsets.Dial(
                $"+1212{i:0000000}", Programs.Number(room),
                [new ScriptStep.Waits(TimeSpan.FromSeconds(1 + (5 * member))), new ScriptStep.Repeats(minute, null, Minutes), new ScriptStep.HangsUp()]);
        }
    }

    private static async Task RenderAsync(House house, List<Recording> recordings)
    {
        var files = new RecordingFiles(house.Handsets.Exchange.Studio);
        var recording = recordings[0];
        var watch = Stopwatch.StartNew();
        var wav = await files.WavAsync(recording, recording.Channels, CancellationToken.None);
        Out.WriteLine($"one recording of {recordings.Count}: {recording.Seconds} s of {MemberCount} parties, "
            + $"{wav.Bytes.Length / 1024.0 / 1024:0.0} MiB rendered in {watch.Elapsed.TotalSeconds:0.00} s");
    }
}
