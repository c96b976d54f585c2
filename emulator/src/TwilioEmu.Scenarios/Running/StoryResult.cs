using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Running;

/// <summary>How a story went.</summary>
/// <param name="Name">Its title.</param>
/// <param name="File">Its file.</param>
/// <param name="StepCount">Steps done, the failed one included.</param>
/// <param name="WorldTime">How long it took in its world.</param>
/// <param name="WallTime">How long it took on the wall.</param>
/// <param name="Failure">Null when it passed.</param>
public sealed record StoryResult(string Name, string File, int StepCount, TimeSpan WorldTime, TimeSpan WallTime, StoryFailure? Failure)
{
    public bool IsPassed => Failure is null;

    /// <summary>False where it failed before its first step: its world shows nothing of it.</summary>
    public bool HasBegun => StepCount > 0;
}

/// <summary>Where and why a story failed.</summary>
/// <param name="Position">Of the step; of the file when no step is to blame.</param>
/// <param name="Step">The step in few words.</param>
/// <param name="Message">What was wanted and what was seen.</param>
/// <param name="Details">More of what was seen: the nearest misses.</param>
/// <param name="Journal">The entries around it, a line each.</param>
public sealed record StoryFailure(
    SourcePosition Position, string Step, string Message, IReadOnlyList<string> Details, IReadOnlyList<string> Journal)
{
    /// <summary>
    /// What made it fail, where the journal shows it: the app's error, a number nobody owns, a script cut short. Told first.
    /// </summary>
    public string? Cause { get; init; }

    /// <summary>The first line of its report.</summary>
    public string FirstLine => Cause ?? Message;
}
