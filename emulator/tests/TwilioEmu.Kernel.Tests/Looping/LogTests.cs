using Microsoft.Extensions.Logging;
using TwilioEmu.Kernel.Logging;
using TwilioEmu.Kernel.Tests.Worlds;

namespace TwilioEmu.Kernel.Tests.Looping;

/// <summary>What a world tells its owner's log.</summary>
public sealed class LogTests
{
    [Fact]
    public async Task A_fault_of_a_turn_is_told_with_all_that_was_thrown()
    {
        using var logs = new KeptLog();
        await using (var world = new World(new WorldOptions { Logs = logs, Start = WorldOptions.StoryStart }))
        {
            world.Loop.Post(() => throw new InvalidOperationException("outer", new FormatException("inner")));
            await world.Loop.RunAsync(() => true, CancellationToken.None);
        }
        var told = logs.Lines.Should().ContainSingle(l => l.Event == LogEvents.Faulted).Which;
        (told.Category, told.Level, told.Line)
            .Should().Be(("TwilioEmu.Kernel.World", LogLevel.Error, "The emulator faltered: a turn of the loop"));
        told.Exception!.InnerException.Should().BeOfType<FormatException>("the journal keeps words alone");
    }

    [Fact]
    public async Task A_world_tells_its_beginning_and_end_to_who_wants_to_know()
    {
        using var logs = new KeptLog();
        await using (new World(new WorldOptions { Logs = logs, Seed = 7, Start = WorldOptions.StoryStart })) { }
        logs.Lines.Select(l => (l.Event, l.Level))
            .Should().Equal((LogEvents.WorldOpened, LogLevel.Debug), (LogEvents.WorldEnded, LogLevel.Debug));
        logs.Lines[0].Line.Should().Contain("seed 7");
    }

    [Fact]
    public async Task A_turn_that_takes_long_is_told_with_how_long()
    {
        using var logs = new KeptLog();
        var wall = new WallByHand();
        await using (var world = new World(new WorldOptions { Logs = logs, Wall = wall, Start = WorldOptions.StoryStart }))
        {
            await world.Loop.RunAsync(() => wall.Move(TimeSpan.FromMilliseconds(99), world), CancellationToken.None);
            await world.Loop.RunAsync(() => wall.Move(TimeSpan.FromMilliseconds(250), world), CancellationToken.None);
        }
        logs.Lines.Where(l => l.Event == LogEvents.SlowTurn).Select(l => l.Line)
            .Should().Equal("A turn took 250 ms; nothing else happened meanwhile");
    }
}
