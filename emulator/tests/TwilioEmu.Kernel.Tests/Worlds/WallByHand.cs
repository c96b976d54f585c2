namespace TwilioEmu.Kernel.Tests.Worlds;

/// <summary>A wall clock that a test moves, at an odd frequency.</summary>
internal sealed class WallByHand : TimeProvider
{
    private long _timestamp = 12_345;

    public override long TimestampFrequency => 3_579_545;

    public override long GetTimestamp() => Volatile.Read(ref _timestamp);

    public override DateTimeOffset GetUtcNow() => WorldOptions.StoryStart;

    /// <summary>Moves the wall and wakes the world, whose loop would else sleep for as long as the machine's own clock says.</summary>
    public void Move(TimeSpan by, World world)
    {
        Interlocked.Add(ref _timestamp, (long)Math.Ceiling(by.TotalSeconds * TimestampFrequency));
        world.Loop.Nudge();
    }
}
