namespace TwilioEmu.Carrier.Handsets;

/// <summary>How far a phone's owner is in a script.</summary>
/// <param name="Steps">All of it.</param>
/// <param name="Current">Index of the step that is being done; -1 while the call is not answered.</param>
internal sealed record ScriptProgress(IReadOnlyList<ScriptStep> Steps, int Current)
{
    /// <summary>False where the current step is still to be begun.</summary>
    public bool IsBegun { get; init; } = Current >= 0;

    public bool IsThrough => Current >= Steps.Count || Steps.Count == 0;

    /// <summary>
    /// What the end of the call keeps from being done: the words still listened for, or the first later step that would have told the other
    /// side something. Who only waits or wants to hang up misses nothing, and what was begun to be said or pressed was said.
    /// </summary>
    public ScriptStep? FirstMissed => Steps.Skip(Math.Max(0, Current))
        .Where((step, i) =>
            step is ScriptStep.Hears or ScriptStep.When
                || ((i > 0 || !IsBegun) && step is not (ScriptStep.Waits or ScriptStep.HangsUp or ScriptStep.Answers)))
        .FirstOrDefault();

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
