namespace TwilioEmu.Media.Rtp;

/// <summary>How long packets of sound wait for those that are late.</summary>
/// <param name="Least">Always.</param>
/// <param name="Most">Where the wire is unsteady.</param>
public sealed record JitterBounds(TimeSpan Least, TimeSpan Most)
{
    /// <summary>20 to 200 ms, begun at 40.</summary>
    public static readonly JitterBounds Default = new(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(200));
}
