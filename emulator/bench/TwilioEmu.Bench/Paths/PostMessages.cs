using TwilioEmu.Bench.Driving;

namespace TwilioEmu.Bench.Paths;

/// <summary>POST Messages, validated, stored and queued, beside the bare endpoint; fresh, and again after a million messages.</summary>
internal static class PostMessages
{
    private const int Connections = 32;
    private const int Numbers = 1000;
    private const int WarmUp = 50_000;
    private const int Requests = 200_000;
    private const int Million = 1_000_000;

    public static async Task<int> RunAsync(Programs programs)
    {
        using var bare = await Child.StartAsync(programs.Bare);
        using var emulator = await Child.StartAsync(programs.Emulator, await Programs.ServeAsync("manual", Numbers));
        Out.WriteLine($"POST Messages, {Connections} connections, {Requests:N0} requests each; idle {emulator.ResidentMib:0} MiB");
        await LoadAsync(bare, WarmUp);
        await LoadAsync(emulator, WarmUp);
        await CompareAsync("fresh", bare, emulator);
        var stored = WarmUp + Requests;
        await LoadAsync(emulator, Math.Max(0, Million - stored));
        await CompareAsync("after a million", bare, emulator);
        Out.WriteLine($"resident after {Million + Requests:N0} messages: {emulator.ResidentMib:0} MiB");
        return 0;
    }

    private static async Task CompareAsync(string what, Child bare, Child emulator)
    {
        var baseline = await LoadAsync(bare, Requests);
        var ours = await LoadAsync(emulator, Requests);
        var again = await LoadAsync(bare, Requests);
        Out.WriteLine($"{what,-16} bare      {baseline}");
        Out.WriteLine($"{what,-16} emulator  {ours}");
        Out.WriteLine($"{what,-16} bare      {again}");
        Out.WriteLine($"{what,-16} ratio     {ours.PerSecond / ((baseline.PerSecond + again.PerSecond) / 2):0.00}");
    }

    private static Task<LoadResult> LoadAsync(Child child, int requests) =>
        HttpLoad.PostAsync(child.Port, Programs.MessagesPath, Programs.Authorization, i => Programs.Form(i, Numbers), Connections, requests);
}
