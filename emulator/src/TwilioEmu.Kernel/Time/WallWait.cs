namespace TwilioEmu.Kernel.Time;

/// <summary>How long the loop sleeps, in the whole milliseconds it can.</summary>
internal static class WallWait
{
    public static readonly TimeSpan Forever = TimeSpan.FromMilliseconds(int.MaxValue);

    /// <summary>Rounded up, or the loop would spin through the last fraction.</summary>
    public static TimeSpan Of(double ticks) =>
        ticks < Forever.Ticks ? TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(ticks / TimeSpan.TicksPerMillisecond))) : Forever;
}
