using TwilioEmu.Voice.Sound;

namespace TwilioEmu.Voice.Verbs.Dialling;

/// <summary>The caller's star, where the document has it hang up on the called party, ringing or talking (<c>hangupOnStar</c>).</summary>
/// <remarks>Loop-confined. twilio.com/docs/voice/twiml/dial#hangupOnStar. Without the attribute it is never pressed.</remarks>
internal sealed class StarKey : IDisposable
{
    private readonly CancellationTokenSource _watching;
    private readonly PartyInputs? _keys;
    private bool _isDisposed;

    public StarKey(Dial dial, VerbContext context, CancellationToken cancellation)
    {
        _watching = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _keys = dial.HangsUpOnStar ? context.Media.Listen() : null;
        Pressed = _keys is null ? new TaskCompletionSource().Task : WatchAsync(_keys, _watching.Token);
    }

    /// <summary>Completes with the star, or when nobody watches for it any more.</summary>
    public Task Pressed { get; }

    /// <summary>True once it was pressed.</summary>
    public bool IsPressed { get; private set; }

    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _watching.Cancel();
        _watching.Dispose();
        _keys?.Dispose();
    }

    private async Task WatchAsync(PartyInputs keys, CancellationToken cancellation)
    {
        try
        {
            while (await keys.NextAsync(Timeout.InfiniteTimeSpan, cancellation) is not { Key: '*' })
            {
                // Other keys go to the called party only.
            }
            IsPressed = true;
        }
        catch (OperationCanceledException)
        {
            // The dialling or the bridge is over.
        }
    }
}
