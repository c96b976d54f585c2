using System.Diagnostics.CodeAnalysis;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Scenarios.Running;
using TwilioEmu.Scenarios.Steps;

namespace TwilioEmu.Console.Stories;

/// <summary>Where a step is.</summary>
internal enum StepState
{
    ToCome,

    /// <summary>It is next, and waits to be told.</summary>
    Waiting,
    Running,
    Passed,
    Failed,
}

/// <summary>One telling of a story for somebody who watches: how far it is, and what came of it.</summary>
/// <remarks>Safe from any thread; what changes is told in the journal of the world that is looked at.</remarks>
[SuppressMessage("Reliability", "CA1001", Justification = "A source without a timer holds nothing, and may be told to stop after the end.")]
internal sealed class StoryPlay : IStoryWatcher
{
    private static readonly Words<StepState> Spelling = new(
        (StepState.ToCome, "to come"), (StepState.Waiting, "waiting"), (StepState.Running, "running"), (StepState.Passed, "passed"),
        (StepState.Failed, "failed"));

    private readonly Func<World> _told;
    private readonly Lock _gate = new();
    private readonly StepState[] _states;
    private readonly CancellationTokenSource _stopping = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isStepped;

    /// <param name="id">Counts from 1.</param>
    /// <param name="file">Below the folder.</param>
    /// <param name="story">What is told.</param>
    /// <param name="isStepped">It waits before each step.</param>
    /// <param name="told">The world in whose journal it is told.</param>
    public StoryPlay(int id, string file, Scenario story, bool isStepped, Func<World> told)
    {
        (Id, File, Story, _isStepped, _told) = (id, file, story, isStepped, told);
        _states = new StepState[story.Steps.Count];
    }

    public int Id { get; }

    public string File { get; }

    public Scenario Story { get; }

    /// <summary>Where its world answers; null before it stands.</summary>
    public Uri? World { get; private set; }

    /// <summary>Null while it runs.</summary>
    public StoryResult? Result { get; private set; }

    public bool IsStopped => _stopping.IsCancellationRequested;

    public CancellationToken Stopping => _stopping.Token;

    /// <summary><c>running</c>, <c>waiting</c>, <c>passed</c>, <c>failed</c> or <c>stopped</c>.</summary>
    public string State
    {
        get
        {
            lock (_gate) return Result is { } result ? Word(result)
                : IsStopped ? "stopped"
                : _states.Contains(StepState.Waiting) ? "waiting"
                : "running";
        }
    }

    public IReadOnlyList<StepState> States
    {
        get { lock (_gate) return [.. _states]; }
    }

    /// <summary>Its world stands.</summary>
    public void Begin(Uri world)
    {
        World = world;
        Tell(StoryEntries.Begun, ("run", Id), ("name", Story.Name), ("steps", _states.Length), ("url", world.ToString()));
    }

    /// <summary>It is over.</summary>
    public void End(StoryResult result)
    {
        lock (_gate) Result = result;
        Tell(StoryEntries.Ended, ("run", Id), ("state", Word(result)), ("message", IsStopped ? null : result.Failure?.FirstLine));
    }

    /// <summary>The step that waits begins; with <paramref name="toEnd"/> no later one waits.</summary>
    /// <returns>False where none waits.</returns>
    public bool Continue(bool toEnd)
    {
        lock (_gate)
        {
            if (Result is not null || !_states.Contains(StepState.Waiting)) return false;
            if (toEnd) _isStepped = false;
            return _next.TrySetResult();
        }
    }

    public void Stop() => _stopping.Cancel();

    public async Task BeforeAsync(int step, CancellationToken cancellation)
    {
        Task? wait = null;
        lock (_gate)
        {
            if (_isStepped)
            {
                _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
                wait = _next.Task;
            }
        }
        if (wait is not null)
        {
            Set(step, StepState.Waiting);
            await wait.WaitAsync(cancellation);
        }
        Set(step, StepState.Running);
    }

    public void Done(int step, bool isPassed) => Set(step, isPassed ? StepState.Passed : StepState.Failed);

    /// <summary>The state of a step in a word.</summary>
    public static string Word(StepState state) => Spelling.Spell(state);

    private string Word(StoryResult result) => IsStopped ? "stopped" : result.IsPassed ? "passed" : "failed";

    private void Set(int step, StepState state)
    {
        lock (_gate) _states[step] = state;
        Tell(StoryEntries.Stepped, ("run", Id), ("step", step), ("state", Word(state)));
    }

    private void Tell(Kernel.Journal.EntryKind kind, params (string Name, object? Value)[] facts)
    {
        var world = _told();
        world.Loop.Post(() => world.Journal.Write(AccountSid.None, kind, File, 0, facts));
    }
}
