using TwilioEmu.Kernel.Time;
using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Matching;
using TwilioEmu.Scenarios.Reading;
using TwilioEmu.Scenarios.Steps;

namespace TwilioEmu.Scenarios.Running;

/// <summary>Runs stories, each in a world of its own.</summary>
/// <remarks>
/// The world's clock is manual: time runs only in steps that wait, and stops at the very instant of what they waited for. So a
/// story tells the same journal every time. A story that gives <c>clock: real</c> or <c>xN</c> runs at that pace instead.
/// </remarks>
public sealed class ScenarioRunner
{
    /// <summary>What a story may take on the wall; one that takes longer hangs.</summary>
    public static readonly TimeSpan WallLimit = TimeSpan.FromMinutes(5);

    private readonly Func<Scenario, CancellationToken, Task<IStoryHands>> _start;
    private readonly TimeProvider _wall;

    private ScenarioRunner(Func<Scenario, CancellationToken, Task<IStoryHands>> start, TimeProvider wall) =>
        (_start, _wall) = (start, wall);

    /// <summary>A runner that gives each story a fresh world.</summary>
    /// <param name="host">Makes the worlds.</param>
    /// <param name="http">Asks their REST APIs.</param>
    /// <param name="wall">Tells how long it took.</param>
    /// <param name="seed">For stories that give none.</param>
    public static ScenarioRunner InFreshWorlds(IWorldHost host, IHttpDoor http, TimeProvider wall, long seed = 1) => new(
        async (scenario, cancellation) =>
        {
            var hosted = await host.StartAsync(OfStory(scenario, seed), cancellation);
            return new LocalHands(hosted, http);
        },
        wall);

    /// <summary>A runner that tells all stories to one emulator that runs elsewhere.</summary>
    /// <param name="baseUrl">Where it answers.</param>
    /// <param name="http">Asks it.</param>
    /// <param name="wall">Tells how long it took.</param>
    /// <param name="usual">The account it was started with, used by stories that
    /// name none and whose numbers are that account's; null for none.</param>
    public static ScenarioRunner Against(Uri baseUrl, IHttpDoor http, TimeProvider wall, StoryAccount? usual = null) => new(
        async (scenario, cancellation) => await RemoteHands.EnterAsync(new ControlClient(baseUrl, http), scenario, usual, cancellation),
        wall);

    /// <summary>Takes the journal of each story when it has ended, or null.</summary>
    public Func<Scenario, IReadOnlyList<JournalLine>, Task>? Journal { get; set; }

    /// <summary>Watches every story step by step, or null.</summary>
    public IStoryWatcher? Watcher { get; set; }

    /// <summary>What a story may take on the wall; none where a person steps through it.</summary>
    public TimeSpan Limit { get; set; } = WallLimit;

    /// <summary>Runs one story to its end; what goes wrong is in the result.</summary>
    public async Task<StoryResult> RunAsync(Scenario scenario, CancellationToken cancellation)
    {
        var began = _wall.GetTimestamp();
        using var limit = new CancellationTokenSource(Limit, _wall);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        var worldTime = TimeSpan.Zero;
        StoryRun? run = null;
        StoryFailure? failure;
        try
        {
            await using var hands = await _start(scenario, ending.Token);
            var told = run = new StoryRun(hands, scenario, Watcher);
            (failure, worldTime, var lines) = await hands.PlayAsync(() => TellAsync(told, hands, ending.Token), ending.Token);
            if (Journal is not null) await Journal(scenario, lines);
        }
        catch (StoryException fault)
        {
            failure = new StoryFailure(new SourcePosition(scenario.File, 1, 1), "", fault.Message, [], []);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            var step = run is { StepCount: > 0 } ? scenario.Steps[run.StepCount - 1].Wording : null;
            failure = new StoryFailure(
                step?.Position ?? new SourcePosition(scenario.File, 1, 1), step?.Summary ?? "",
                $"took more than {Durations.Write(Limit)} on the wall", [], []);
        }
        return new StoryResult(scenario.Name, scenario.File, run?.StepCount ?? 0, worldTime, _wall.GetElapsedTime(began), failure);
    }

    /// <summary>Plays it; what was wrong, the world's time it took, and what happened where somebody takes that.</summary>
    private async Task<(StoryFailure? Failure, TimeSpan WorldTime, IReadOnlyList<JournalLine> Lines)> TellAsync(
        StoryRun run, IStoryHands hands, CancellationToken cancellation)
    {
        var (start, first) = await hands.LookAsync(cancellation);
        var failure = await run.PlayAsync(cancellation);
        var worldTime = (await hands.LookAsync(cancellation)).Now - start;
        // Of a world of the story's own, all; of one that is shared, what happened meanwhile.
        return (failure, worldTime, Journal is null ? [] : await hands.SinceAsync(hands.IsShared ? first : 0, cancellation));
    }

    /// <summary>The world a story is given: time that stands while nobody waits, a seed, files from its folder.</summary>
    private static WorldConfig OfStory(Scenario scenario, long seed)
    {
        var options = scenario.Given.Options
            .Or(ServeSettings.Media, Path.GetDirectoryName(Path.GetFullPath(scenario.File)))
            .Or(ServeSettings.Seed, seed)
            .Or(ServeSettings.Clock, new ClockMode.Manual());
        return scenario.Given with
        {
            Options = options.Get(ServeSettings.Clock) is ClockMode.Auto
                ? options.With(ServeSettings.Clock, new ClockMode.Manual())
                : options,
        };
    }
}
