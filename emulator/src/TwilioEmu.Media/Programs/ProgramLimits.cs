namespace TwilioEmu.Media.Programs;

/// <summary>What a run may take at most.</summary>
/// <param name="MaxTime">By the wall's clock.</param>
/// <param name="MaxOutputByteCount">Of what it writes.</param>
/// <param name="MaxAtOnce">Runs at one time; others wait.</param>
public sealed record ProgramLimits(TimeSpan MaxTime, int MaxOutputByteCount, int MaxAtOnce)
{
    /// <summary>A minute, 256 MB, two at once.</summary>
    public static readonly ProgramLimits Default = new(TimeSpan.FromMinutes(1), 256 * 1024 * 1024, 2);
}
