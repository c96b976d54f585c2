using TwilioEmu.Bench.Driving;

namespace TwilioEmu.Bench.Paths;

/// <summary>From start to ready, beside the bare program, alternating.</summary>
internal static class StartUp
{
    private const int Rounds = 11;

    public static async Task<int> RunAsync(Programs programs)
    {
        var bare = new List<double>();
        var ours = new List<double>();
        var resident = 0.0;
        for (var i = 0; i < Rounds; i++)
        {
            using (var child = await Child.StartAsync(programs.Bare)) bare.Add(child.ToReady.TotalMilliseconds);
            using (var child = await Child.StartAsync(programs.Emulator, "serve", "--port", "0"))
            {
                ours.Add(child.ToReady.TotalMilliseconds);
                resident = child.ResidentMib;
            }
        }
        bare.Sort();
        ours.Sort();
        Out.WriteLine($"start to ready, median of {Rounds}: bare {bare[Rounds / 2]:0} ms, emulator {ours[Rounds / 2]:0} ms, ratio "
            + $"{ours[Rounds / 2] / bare[Rounds / 2]:0.00}");
        Out.WriteLine($"resident when idle: {resident:0} MiB");
        return 0;
    }
}
