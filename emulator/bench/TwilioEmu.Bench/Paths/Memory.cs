using TwilioEmu.Bench.Driving;

namespace TwilioEmu.Bench.Paths;

/// <summary>Resident memory idle, after a million messages stored, and after two million under a cap of one.</summary>
internal static class Memory
{
    private const int Numbers = 1000;
    private const int Million = 1_000_000;

    public static async Task<int> RunAsync(Programs programs)
    {
        using var emulator = await Child.StartAsync(programs.Emulator, await Programs.ServeAsync("auto", Numbers));
        var idle = emulator.ResidentMib;
        await PostAsync(emulator, Million);
        var full = emulator.ResidentMib;
        Out.WriteLine($"idle {idle:0} MiB, after {Million:N0} delivered messages {full:0} MiB: {(full - idle) * 1024 * 1024 / Million:0} bytes a message");
        await PostAsync(emulator, Million);
        Out.WriteLine($"after {2 * Million:N0}: {emulator.ResidentMib:0} MiB");
        return 0;
    }

    private static Task<LoadResult> PostAsync(Child emulator, int count) => HttpLoad.PostAsync(
        emulator.Port, Programs.MessagesPath, Programs.Authorization, i => Programs.Form(i, Numbers), 32, count);
}
