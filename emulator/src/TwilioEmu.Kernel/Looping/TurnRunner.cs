using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Kernel.Looping;

/// <summary>Runs one turn; what escapes it ends neither the loop nor the thread. For whoever is the loop at the moment.</summary>
/// <param name="execute">Runs a task of the loop as a scheduler.</param>
internal sealed class TurnRunner(Func<Task, bool> execute)
{
    /// <summary>How many turns have run.</summary>
    public long Count { get; private set; }

    /// <summary>Told of every exception that escaped a turn.</summary>
    public Action<Exception>? Faulted { get; set; }

    /// <summary>Told of slow turns.</summary>
    public LoopWatch? Watch { get; set; }

    public void Run(Turn turn)
    {
        Count++;
        using var watched = new WatchedTurn(Watch);
        if (turn.Callback is null) execute((Task)turn.State!);
        else RunGuarded(turn.Callback, turn.State);
    }

    public void Run(ClockTimer timer)
    {
        Count++;
        using var watched = new WatchedTurn(Watch);
        RunGuarded(static state => ((ClockTimer)state!).Fire(), timer);
    }

    private void RunGuarded(SendOrPostCallback turn, object? state)
    {
        try
        {
            turn(state);
        }
        catch (Exception fault)
        {
            Faulted?.Invoke(fault);
        }
    }
}
