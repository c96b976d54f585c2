using System.Diagnostics;
using TwilioEmu.Accounts.Directory;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Composition;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Sending;
using TwilioEmu.Rest.Catalog;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Bench.Paths;

/// <summary>Many messages over a thousand long codes, queued and then drained in virtual time, without webhooks.</summary>
internal static class Drain
{
    private const int Numbers = 1000;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public static async Task<int> RunAsync(int count)
    {
        var config = WorldSetup.WithDefaults(
            new WorldConfig
            {
                Limits = new LimitsConfig(Records: count),
                Numbers = [.. Enumerable.Range(0, Numbers).Select(i => new PhoneNumberSpec { Number = Programs.Number(i) })],
            },
            withNumber: false);
        await using var house = await House.BuildAsync(
            config, new WorldOptions { Clock = new ClockMode.Auto(), Start = WorldOptions.StoryStart, MaxRecords = count },
            ApiCatalog.Open(), "http://127.0.0.1:4010");
        var world = house.World;
        var hold = world.Clock.Hold("filling the queues");
        var (filling, fillingBegan) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        for (var first = 0; first < count; first += 10_000)
        {
            var from = first;
            await world.Loop.RunAsync(() => Fill(house, from, 10_000), CancellationToken.None);
        }
        filling.Stop();
        var start = world.Clock.GetUtcNow();
        var (draining, drainingBegan) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var (longest, paused) = (0.0, GC.GetTotalPauseDuration());
        hold.Dispose();
        while (true)
        {
            await Task.Delay(Look);
            longest = Math.Max(longest, Pause());
            var isDone = await world.Loop.RunAsync(() => world.Clock.TimerCount == 0, CancellationToken.None);
            if (isDone) break;
        }
        draining.Stop();
        var drainingEnded = Environment.CpuUsage.TotalTime;
        var delivered = await world.Loop.RunAsync(
            () => world.Store.Table(Message.Table, AccountBook.DefaultSid).OldestFirst().Count(m => m.Status == MessageStatus.Delivered),
            CancellationToken.None);
        Out.WriteLine($"queued {count:N0} messages on {Numbers:N0} long codes: {count / filling.Elapsed.TotalSeconds:N0}/s, "
            + $"{(drainingBegan - fillingBegan).TotalMicroseconds / count:0.0} us of processor each");
        Out.WriteLine(
            $"drained {delivered:N0} in {(world.Clock.GetUtcNow() - start).TotalSeconds:N0} s of virtual time and "
                + $"{draining.Elapsed.TotalSeconds:0.0} s on the wall: {delivered / draining.Elapsed.TotalSeconds:N0} messages/s, "
                + $"{(drainingEnded - drainingBegan).TotalMicroseconds / delivered:0.0} us of processor each");
        var kept = await world.Loop.RunAsync(() => world.Store.ByteCount, CancellationToken.None);
        Out.WriteLine(
            $"the collector stopped everything for {(GC.GetTotalPauseDuration() - paused).TotalMilliseconds:N0} ms in all while it "
                + $"drained, {longest:0.0} ms at most at a time; rows and packed records {kept / (double)count:0} bytes a message");
        using var self = Process.GetCurrentProcess();
        Out.WriteLine($"peak resident memory: {self.PeakWorkingSet64 / 1024.0 / 1024:0} MiB");
        return delivered == count ? 0 : 1;
    }

    /// <summary>The longest pause of the collection of each kind that ended last, in milliseconds.</summary>
    private static double Pause()
    {
        var longest = 0.0;
        foreach (var kind in new[] { GCKind.Ephemeral, GCKind.FullBlocking, GCKind.Background })
        {
            foreach (var pause in GC.GetGCMemoryInfo(kind).PauseDurations) longest = Math.Max(longest, pause.TotalMilliseconds);
        }
        return longest;
    }

    private static void Fill(House house, int first, int count)
    {
        var world = house.World;
        var now = world.Clock.GetUtcNow();
        for (var i = first; i < first + count; i++)
        {
            house.Messaging.Outbox.Accept(
                new Message
                {
                    Sid = world.Sids.New("SM"),
                    Account = AccountBook.DefaultSid,
                    From = Programs.Number(i % Numbers),
                    To = $"+1212{i % 10_000_000:0000000}",
                    Body = $"Message number {i} of the morning broadcast",
                    Direction = MessageDirection.OutboundApi,
                    Status = MessageStatus.Queued,
                    SegmentCount = 1,
                    Created = now,
                    Updated = now,
                },
                new Sender(Programs.Number(i % Numbers), SegmentsPerSecond: 1), cause: 0);
        }
    }
}
