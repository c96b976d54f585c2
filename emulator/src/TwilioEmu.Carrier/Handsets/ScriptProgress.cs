using TwilioEmu.Carrier.Handsets.Deeds;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>How far a phone's owner is in a script.</summary>
/// <param name="Steps">All of it.</param>
/// <param name="Current">Index of the step that is being done; -1 while the call is not answered.</param>
internal sealed record ScriptProgress(IReadOnlyList<ScriptStep> Steps, int Current)
{
    /// <summary>False where the current step is still to be begun.</summary>
    public bool IsBegun { get; init; } = Current >= 0;

    public bool IsThrough => Current >= Steps.Count || Steps.Count == 0;

    /// <summary>What the end of the call keeps from being done; null for nothing.</summary>
    public ScriptStep? FirstMissed => Steps.Skip(Math.Max(0, Current)).Where((step, i) => DeedRegistry.Of(step).Missing switch
    {
        Missing.UntilDone => true,
        Missing.UnlessBegun => i > 0 || !IsBegun,
        Missing.Never => false,
        var other => throw new InvalidOperationException($"{other} is no way to miss a step"),
    }).FirstOrDefault();

    /// <summary>A step's place, counted from 1.</summary>
    public int NumberOf(ScriptStep step)
    {
        for (var i = Math.Max(0, Current); i < Steps.Count; i++)
        {
            if (ReferenceEquals(Steps[i], step)) return i + 1;
        }
        return Steps.Count;
    }
}
