namespace TwilioEmu.Kernel.Time;

/// <summary>Says what time is waited for.</summary>
public static class NamedTimes
{
    /// <summary>
    /// The same clock, whose timers say what they do: <c>await Task.Delay(after, clock.For("handset.answered"), cancellation)</c>.
    /// </summary>
    /// <param name="clock">The world's.</param>
    /// <param name="what">The kind of the entry it leads to, or a few words.</param>
    public static TimeProvider For(this WorldClock clock, string what) => new NamedTime(clock, what);
}
