using System.Globalization;
using TwilioEmu.Scenarios.Running;

namespace TwilioEmu.Scenarios.Reports;

/// <summary>Tells people how stories went.</summary>
public sealed class ConsoleReport(TextWriter to)
{
    /// <summary>One story: a line when it passed, the whole failure when not.</summary>
    public void Tell(StoryResult result)
    {
        var times = string.Create(
            CultureInfo.InvariantCulture,
            $"{result.StepCount} steps, {result.WorldTime.TotalSeconds:0.###} s of world time in {result.WallTime.TotalSeconds:0.00} s");
        to.WriteLine($"{(result.IsPassed ? "passed" : "FAILED")}  {result.Name}  ({times})");
        if (result.Failure is not { } failure) return;
        foreach (var line in Lines(result, failure)) to.WriteLine("    " + line);
        to.WriteLine();
    }

    /// <summary>The last line: how many passed and failed.</summary>
    public void Close(IReadOnlyCollection<StoryResult> results) =>
        to.WriteLine($"{results.Count(r => r.IsPassed)} passed, {results.Count(r => !r.IsPassed)} failed");

    /// <summary>What there is to tell of a failure.</summary>
    internal static IEnumerable<string> Lines(StoryResult result, StoryFailure failure)
    {
        yield return failure.FirstLine;
        yield return failure.Step.Length > 0 ? $"at {failure.Position}: {failure.Step}" : $"at {result.File}";
        if (failure.Cause is not null) yield return failure.Message;
        foreach (var detail in failure.Details) yield return $"  {detail}";
        if (failure.Journal.Count == 0) yield break;
        yield return "the journal around it:";
        foreach (var line in failure.Journal) yield return $"  {line}";
    }
}
