namespace TwilioEmu.Carrier.Switching;

/// <summary>How long packets of sound wait for those that are late.</summary>
/// <param name="Least">Always.</param>
/// <param name="Most">Where the wire is unsteady.</param>
public readonly record struct JitterBounds(TimeSpan Least, TimeSpan Most);
