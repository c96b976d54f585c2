using TwilioEmu.Bench.Driving;

namespace TwilioEmu.Bench.Paths;

/// <summary>POST Messages with <c>--data</c> beside the bare endpoint; then so many messages, and starts of their folder after kills.</summary>
internal static class Kept
{
    private const int Connections = 32;
    private const int Numbers = 1000;
    private const int WarmUp = 10_000;
    private const int Requests = 50_000;

    public static async Task<int> RunAsync(Programs programs, int count)
    {
        var folder = Directory.CreateTempSubdirectory("kept-").FullName;
        try
        {
            string[] serve = [.. await Programs.ServeAsync("auto", Numbers), "--data", folder];
            using (var bare = await Child.StartAsync(programs.Bare))
            using (var emulator = await Child.StartAsync(programs.Emulator, serve))
            {
                Out.WriteLine($"POST Messages with --data, {Connections} connections, {Requests:N0} requests each");
                await LoadAsync(bare, WarmUp);
                await LoadAsync(emulator, WarmUp);
                var baseline = await LoadAsync(bare, Requests);
                var ours = await LoadAsync(emulator, Requests);
                var again = await LoadAsync(bare, Requests);
                Out.WriteLine($"bare      {baseline}");
                Out.WriteLine($"emulator  {ours}");
                Out.WriteLine($"bare      {again}");
                Out.WriteLine($"ratio     {ours.PerSecond / ((baseline.PerSecond + again.PerSecond) / 2):0.00}");
                var more = await LoadAsync(emulator, Math.Max(Connections, count - WarmUp - Requests));
                Out.WriteLine($"to {count:N0} messages  {more}; resident {emulator.ResidentMib:0} MiB");
            }
            // Killed above; and again after each start.
            for (var i = 0; i < 3; i++)
            {
                using var emulator = await Child.StartAsync(programs.Emulator, serve);
                Out.WriteLine($"start after a kill: {emulator.ToReady.TotalSeconds:0.00} s, resident {emulator.ResidentMib:0} MiB; file "
                    + $"{new DirectoryInfo(folder).GetFiles("*.db").Sum(f => f.Length) / 1024 / 1024:N0} MiB");
            }
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task<LoadResult> LoadAsync(Child child, int requests) => HttpLoad.PostAsync(
        child.Port, Programs.MessagesPath, Programs.Authorization, i => Programs.Form(i, Numbers), Connections, requests);
}
