using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Media.Rtp.Sockets;

namespace TwilioEmu.Carrier.Switching;

/// <summary>Counts the frames of sound that were dropped while a live phone was there (overload, underrun), and tells of many.</summary>
/// <param name="clock">Whose frames they are.</param>
internal readonly struct LateFrames(FrameClock clock)
{
    /// <summary>Half a second: fewer are a click, and a machine that does something else for a moment drops some (inferred).</summary>
    public const int ToldCount = 25;

    private readonly long _before = clock.LateFrameCount;

    /// <summary>Dropped since this was made.</summary>
    public long Count => clock.LateFrameCount - _before;

    /// <summary>Warns of a count that was heard.</summary>
    /// <param name="world">Whose journal is told.</param>
    /// <param name="phone">Who heard them, or would have.</param>
    /// <param name="count">As it was when the sound was over.</param>
    public static void Tell(World world, string phone, long count)
    {
        if (count < ToldCount) return;
        world.Journal.Warn(
            AccountSid.None, phone, 0,
            $"{count} frames of 20 ms of this phone's sound were dropped: the machine was too busy to keep the pace of live sound");
    }
}
