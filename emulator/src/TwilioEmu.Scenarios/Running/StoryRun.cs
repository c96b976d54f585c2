using System.Text.Json;
using TwilioEmu.Scenarios.Matching;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Steps;

namespace TwilioEmu.Scenarios.Running;

/// <summary>One telling of one story: does its steps in order until one fails, then looks whether all went well besides.</summary>
internal sealed class StoryRun(IStoryHands hands, Scenario scenario, IStoryWatcher? watcher = null)
{
    private const int JournalAround = 25;
    private const int MaxLine = 220;

    /// <summary>How long scripts that are under way when the last step is done may take to come to their end.</summary>
    private static readonly TimeSpan PlayOut = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PlayOutStep = TimeSpan.FromSeconds(1);

    private readonly StoryValues _values = new(scenario.Variables);
    private StepRun _step = new(hands, new StoryValues(scenario.Variables), 0);
    private Causes _causes = new(hands, 0);
    private bool _isClaiming = true;

    /// <summary>Steps done so far, the one under way included.</summary>
    public int StepCount { get; private set; }

    /// <summary>Does all steps; null when nothing failed.</summary>
    public async Task<StoryFailure?> PlayAsync(CancellationToken cancellation)
    {
        var (start, first) = await hands.LookAsync(cancellation);
        _causes = new Causes(hands, first);
        _step = new StepRun(hands, _values, first);
        if (hands.Accounts is [var account, ..])
        {
            _values.Keep("account", StoryValues.ElementOf(("sid", account.Sid), ("auth_token", account.AuthToken)));
        }
        foreach (var step in scenario.Steps)
        {
            if (watcher is not null) await watcher.BeforeAsync(StepCount, cancellation);
            StepCount++;
            var problem = await TryAsync(step, cancellation);
            watcher?.Done(StepCount - 1, problem is null);
            if (problem is not null) return await TellAsync(step, problem, start, cancellation);
        }
        return await PlayOutAsync(start, cancellation) ?? await LookForTroubleAsync(start, cancellation);
    }

    private async Task<Problem?> TryAsync(Step step, CancellationToken cancellation)
    {
        try
        {
            await MarkAsync(step, cancellation);
            if (step is not Step.Together(var side)) return await RepeatAsync(step, cancellation);
            // Begun in their order; what waits, waits beside the others.
            var problems = await Task.WhenAll(side.Select(s => RepeatAsync(s, cancellation)).ToList());
            var failed = Array.FindIndex(problems, p => p is not null);
            return failed < 0 ? null : problems[failed]! with { Message = $"{side[failed].Wording.Summary}: {problems[failed]!.Message}" };
        }
        catch (StoryException fault)
        {
            return new Problem(fault.Message, []);
        }
    }

    private async Task<Problem?> RepeatAsync(Step step, CancellationToken cancellation)
    {
        var count = 0;
        foreach (var round in Rounds.Of(step, _values.With(new Dictionary<string, JsonElement>())))
        {
            count++;
            if (await _step.DoAsync(step, _values.With(round), cancellation) is not { } problem) continue;
            if (round.Count == 0) return problem;
            var of = step.ForEach is null ? $" of {step.Repeat}" : $" ({round["item"]})";
            return problem with { Message = $"time {count}{of}: {problem.Message}" };
        }
        return null;
    }

    /// <summary>Claims look from the first of the deeds before them: see <see cref="Step.IsDeed"/>.</summary>
    private async Task MarkAsync(Step step, CancellationToken cancellation)
    {
        if (step.IsDeed && _isClaiming) _step.Since = (await hands.LookAsync(cancellation)).LastSeq;
        if (step.IsDeed) _isClaiming = false;
        else if (step is Step.Expects or Step.Hears or Step.CallEnds) _isClaiming = true;
    }

    /// <summary>Lets scripts that are under way come to their end, so that what they listen for is judged too.</summary>
    private async Task<StoryFailure?> PlayOutAsync(DateTimeOffset start, CancellationToken cancellation)
    {
        var phones = _step.Phones.Concat(scenario.Given.Handsets.Select(h => h.Number)).Distinct().ToList();
        IReadOnlyList<string> busy = [];
        for (var played = TimeSpan.Zero; played < PlayOut; played += PlayOutStep)
        {
            busy = await hands.InScriptAsync(phones, cancellation);
            if (busy.Count == 0) return null;
            await hands.AdvanceAsync(PlayOutStep, cancellation);
        }
        var message = $"{Durations.Write(PlayOut)} after the last step the script of handset {string.Join(", ", busy)} was not through";
        return new StoryFailure(default, "", message, [], await JournalAsync(start, cancellation));
    }

    /// <summary>What no story may hide: see <see cref="Trouble.All"/>; unless a claim looked for it or the story allows it.</summary>
    private async Task<StoryFailure?> LookForTroubleAsync(DateTimeOffset start, CancellationToken cancellation)
    {
        var troubles = (await _causes.TroublesAsync(_step.Met, cancellation)).Where(t => !IsAllowed(t.Trouble)).ToList();
        if (troubles is not [var (trouble, line), ..]) return null;
        var cause = await _causes.TellAsync(line, cancellation);
        var cure = AllowanceOf(trouble) is { } word ? $"; where that is meant, expect it or say allows: [{word}]" : "";
        return new StoryFailure(
            default, "", $"the story went well, but the journal holds {trouble.Name}{cure}",
            [.. troubles.Select(t => t.Line.Describe(start, MaxLine))], await JournalAsync(start, cancellation))
        {
            Cause = cause,
        };
    }

    private bool IsAllowed(Trouble trouble) => AllowanceOf(trouble) is { } word && scenario.Allows.HasFlag(AllowanceWords.All[word]);

    private static string? AllowanceOf(Trouble trouble) => trouble.Kind switch
    {
        "alert" => "alerts",
        "not_emulated" => "not_emulated",
        "handset.script_cut_short" => "cut_short",
        _ => null,
    };

    private async Task<StoryFailure> TellAsync(Step step, Problem problem, DateTimeOffset start, CancellationToken cancellation) =>
        new(step.Wording.Position, step.Wording.Summary, problem.Message, problem.Details, await JournalAsync(start, cancellation))
        {
            Cause = await CauseAsync(step, cancellation),
        };

    private async Task<string?> CauseAsync(Step step, CancellationToken cancellation)
    {
        try
        {
            return await _causes.FindAsync(step, _step.Met, _step.Since, cancellation);
        }
        catch (StoryException)
        {
            // An emulator elsewhere may be another build, whose entries have other members: what the claim found is told all the same.
            return null;
        }
    }

    private async Task<IReadOnlyList<string>> JournalAsync(DateTimeOffset start, CancellationToken cancellation) =>
        [.. (await hands.TailAsync(JournalAround, cancellation)).Select(l => l.Describe(start, MaxLine))];
}
