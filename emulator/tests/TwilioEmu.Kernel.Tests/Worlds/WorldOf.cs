using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Tests.Worlds;

/// <summary>Short ways to a world and into it.</summary>
internal static class WorldOf
{
    public static World Auto(long seed = 1) => New(new ClockMode.Auto(), seed);

    public static World Manual() => New(new ClockMode.Manual());

    public static World New(ClockMode mode, long seed = 1) =>
        new(new WorldOptions { Clock = mode, Start = WorldOptions.StoryStart, Seed = seed });

    /// <summary>One turn.</summary>
    public static Task On(this World world, Action turn) => world.Loop.RunAsync(turn, CancellationToken.None);

    public static Task<T> On<T>(this World world, Func<T> turn) => world.Loop.RunAsync(turn, CancellationToken.None);

    /// <summary>A procedure of turns.</summary>
    public static Task Do(this World world, Func<Task> procedure) => world.Loop.RunAsync(procedure, CancellationToken.None);

    public static Task<T> Do<T>(this World world, Func<Task<T>> procedure) => world.Loop.RunAsync(procedure, CancellationToken.None);

    /// <summary>Sets a single-shot timer.</summary>
    public static ITimer After(this World world, TimeSpan due, Action action) =>
        world.Clock.CreateTimer(_ => action(), null, due, Timeout.InfiniteTimeSpan);

    /// <summary>Writes an entry without facts.</summary>
    public static long Note(this World world, string kind, string subject = "", long cause = 0) =>
        world.Journal.Write(AccountSid.None, new EntryKind(kind, "a test's"), subject, cause).Seq;

    /// <summary>Time since the story began.</summary>
    public static TimeSpan Elapsed(this World world) => world.Clock.GetUtcNow() - WorldOptions.StoryStart;

    /// <summary>The journal as lines of JSON.</summary>
    public static Task<string[]> Lines(this World world) => world.On(() => world.Journal.After(0).Select(e => e.ToJson()).ToArray());

    /// <summary>What the journal says happened, in order.</summary>
    public static Task<string[]> Kinds(this World world) => world.On(() => world.Journal.After(0).Select(e => e.Kind).ToArray());
}
