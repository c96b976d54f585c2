namespace TwilioEmu.Kernel.Looping;

/// <summary>Gives a thread that runs turns in the loop's place the loop's contexts, and its own back when disposed.</summary>
/// <remarks>What a request carries along (an activity, of which HttpClient would tell an app) does not go with the turn.</remarks>
internal readonly ref struct StandIn
{
    private readonly SynchronizationContext? _own;
    private readonly ExecutionContext _ownFlow;

    public StandIn(LoopContext context, ExecutionContext flow, ExecutionContext ownFlow)
    {
        (_own, _ownFlow) = (SynchronizationContext.Current, ownFlow);
        ExecutionContext.Restore(flow);
        SynchronizationContext.SetSynchronizationContext(context);
    }

    public void Dispose()
    {
        ExecutionContext.Restore(_ownFlow);
        SynchronizationContext.SetSynchronizationContext(_own);
    }
}
