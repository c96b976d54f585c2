using System.Diagnostics;
using TwilioEmu.Bench.Driving;

namespace TwilioEmu.Bench.Paths;

/// <summary>Messages through the API, each told to a local app three times, beside bare posts of the same callbacks to that app.</summary>
/// <remarks>
/// Alternating, so that a busy machine is busy for both. What is measured last
/// is not the emulator warm and the app cold: each pair has an app of its own.
/// </remarks>
internal static class Told
{
    private const int Numbers = 1000;
    private const int Messages = 10_000;
    private const int Callbacks = 3;
    private const int Rounds = 3;

    public static async Task<int> RunAsync(Programs programs)
    {
        for (var round = 1; round <= Rounds; round++)
        {
            await using var sink = await Sink.StartAsync(TimeSpan.Zero);
            var bare = await HttpLoad.PostAsync(sink.Port, "/bare", "none", BareForm, 32, Messages);
            using var emulator = await Child.StartAsync(programs.Emulator, await Programs.ServeAsync("auto", Numbers));
            await HttpLoad.PostAsync(emulator.Port, Programs.MessagesPath, Programs.Authorization, i => Programs.Form(i, Numbers, sink.Url), 32, 2_000);
            await WaitAsync(sink, Callbacks * 2_000);
            var clock = Stopwatch.StartNew();
            await HttpLoad.PostAsync(
                emulator.Port, Programs.MessagesPath, Programs.Authorization, i => Programs.Form(2_000 + i, Numbers, sink.Url), 32, Messages);
            await WaitAsync(sink, Callbacks * (2_000 + Messages));
            var perSecond = Messages / clock.Elapsed.TotalSeconds;
            Out.WriteLine(
                $"round {round}: {perSecond:N0} messages/s with all {Callbacks} callbacks in ({Callbacks * perSecond:N0} callbacks/s), "
                    + $"bare posts {bare.PerSecond:N0}/s: "
                + $"{perSecond / bare.PerSecond:0.00} messages and {Callbacks * perSecond / bare.PerSecond:0.00} callbacks a post; out of "
                + $"order or unsigned {sink.OutOfOrder}, failed posts {bare.Failures}");
        }
        return 0;
    }

    /// <summary>A status callback's body, as the emulator writes it.</summary>
    private static string BareForm(int i) =>
        $"SmsSid=SM{i:x32}&SmsStatus=delivered&MessageStatus=delivered&To=%2B1415{i:0000000}&MessageSid=SM{i:x32}&AccountSid=AC00000000000000000000000000000001&From=%2B14155550100&ApiVersion=2010-04-01";

    private static async Task WaitAsync(Sink sink, int count)
    {
        var clock = Stopwatch.StartNew();
        while (sink.Count < count && clock.Elapsed < TimeSpan.FromSeconds(60)) await Task.Delay(2);
        if (sink.Count < count) throw new InvalidOperationException($"{sink.Count} callbacks of {count} came");
    }
}
