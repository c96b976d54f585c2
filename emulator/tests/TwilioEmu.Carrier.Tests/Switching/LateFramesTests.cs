using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Media.Rtp.Sockets;
using TwilioEmu.Media.Score;
using TwilioEmu.Testing.Houses;

namespace TwilioEmu.Carrier.Tests.Switching;

public sealed class LateFramesTests
{
    [Theory]
    [InlineData(LateFrames.ToldCount - 1, false)]
    [InlineData(LateFrames.ToldCount, true)]
    public async Task Half_a_second_of_sound_that_was_dropped_is_told_and_a_click_is_not(int dropped, bool isTold)
    {
        await using var world = new World(House.UsualWorld);
        var wall = new Hand();
        var isOver = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var frames = new FrameClock(wall, (_, fault) => isOver.TrySetException(fault));
        var late = new LateFrames(frames);
        var begun = 0;
        using (frames.Join("a phone", _ =>
        {
            // The first frame takes as long as those that are dropped for it, and the one after.
            if (begun++ == 0) wall.Now += Grid.FrameLength * (dropped + 1);
            else isOver.TrySetResult();
        }))
        {
            await isOver.Task;
        }
        late.Count.Should().Be(dropped);
        await world.Loop.RunAsync(() => LateFrames.Tell(world, "+14155550199", late.Count), default);
        world.Journal.After(0).Select(e => e.Subject).Should().Equal(isTold ? ["+14155550199"] : []);
    }

    /// <summary>A wall that goes on by a little whenever it is looked at, and by more when it is told.</summary>
    private sealed class Hand : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now += TimeSpan.FromMilliseconds(1);
    }
}
