namespace TwilioEmu.Kernel.Looping;

/// <summary>Has an <c>await</c> begun on the loop resume on the loop.</summary>
internal sealed class LoopContext(WorldLoop loop) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state)
    {
        if (!loop.TryPost(d, state)) LateTurns.Run(d, state);
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (!loop.IsCurrent) throw new OffLoopException();
        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;
}
