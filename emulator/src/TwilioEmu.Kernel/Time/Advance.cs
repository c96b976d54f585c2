namespace TwilioEmu.Kernel.Time;

/// <summary>An order for virtual time to move to an instant.</summary>
internal sealed class Advance(long until)
{
    /// <summary>Ticks (100 ns, UTC).</summary>
    public long Until { get; } = until;

    /// <summary>Completed when time is there and all that fell due on the way has run.</summary>
    public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
