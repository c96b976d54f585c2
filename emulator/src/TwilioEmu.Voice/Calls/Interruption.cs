namespace TwilioEmu.Voice.Calls;

/// <summary>Why something that a call was doing is cancelled.</summary>
internal enum InterruptedBy
{
    /// <summary>The call has ended, whoever ended it.</summary>
    HangUp,

    /// <summary>REST sent the call to another document.</summary>
    Redirect,

    /// <summary>The party spoke or pressed a key over a prompt.</summary>
    BargeIn,
}

/// <summary>Cancellation with its reason: a scope of what a call does, or a part of one.</summary>
/// <remarks>Loop-confined. Its token is cancelled, too, when what it is linked to is; the reason then stays unknown here.</remarks>
internal sealed class Interruption(params CancellationToken[] linked) : IDisposable
{
    private readonly CancellationTokenSource _source = CancellationTokenSource.CreateLinkedTokenSource(linked);

    public CancellationToken Token => _source.Token;

    /// <summary>Why it was cancelled; null while it was not.</summary>
    public InterruptedBy? Reason { get; private set; }

    public bool IsInterrupted => _source.IsCancellationRequested;

    /// <summary>Cancels; the first reason stays.</summary>
    public void Interrupt(InterruptedBy reason)
    {
        if (IsInterrupted) return;
        Reason = reason;
        _source.Cancel();
    }

    public void Dispose() => _source.Dispose();
}
