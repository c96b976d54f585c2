using TwilioEmu.Carrier.Switching;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Sound;
using TwilioEmu.Voice.Verbs;
using TwilioEmu.Webhooks.Alerts;

namespace TwilioEmu.Voice.Documents;

/// <summary>Runs a call's documents, one after another, until it is hung up.</summary>
/// <remarks>
/// Loop-confined; one procedure per call.
/// 1. Fetch the document; 2. run its verbs in order; 3. go where the last of them says. An error goes to the fallback URL with
/// <c>ErrorCode</c> and <c>ErrorUrl</c>, and without one the caller is told that an application error has occurred.
/// A REST redirect cancels whatever runs and takes its place; the end of the call cancels everything.
/// </remarks>
internal sealed class DocumentRun(CallServices services, LiveCall call)
{
    private const string ApplicationError = "We're sorry, an application error has occurred. Goodbye.";

    private readonly DocumentFetcher _fetcher = new(services);
    private bool _isElsewhere;

    /// <summary>Runs the call to its end.</summary>
    public async Task RunAsync(DocumentRequest first)
    {
        if (await RunAsync(first, isWhisper: false) is not null) call.Complete();
    }

    /// <summary>Runs a whisper document on a called leg.</summary>
    /// <returns>True when it ran out and the leg is to be bridged; false when the call has ended, be it where REST sent it.</returns>
    public async Task<bool> WhisperAsync(DocumentRequest first)
    {
        if (await RunAsync(first, isWhisper: true) is null) return false;
        if (_isElsewhere) call.Complete();
        return !_isElsewhere;
    }

    /// <summary>Null when the call has ended, else the last document ran out.</summary>
    private async Task<Next?> RunAsync(DocumentRequest first, bool isWhisper)
    {
        var request = first;
        while (true)
        {
            var next = await OneAsync(request, isWhisper);
            if (call.IsOver) return null;
            if (call.TakeRedirect() is { } redirected)
            {
                // The action of an interrupted <Dial>, already in line, is asked for before
                // the new document (measured; twilio.com/docs/voice/api/call-resource).
                await Task.Yield();
                (request, isWhisper, _isElsewhere) = (redirected, false, true);
                continue;
            }
            switch (next)
            {
                case Next.Document document:
                    request = document.Request;
                    break;
                case Next.Failed failed when Fallback(request, failed) is { } fallback:
                    request = fallback;
                    break;
                case Next.Failed or Next.Unbuilt:
                    await SpeakErrorAsync();
                    if (call.TakeRedirect() is not { } other) return null;
                    (request, isWhisper, _isElsewhere) = (other, false, true);
                    break;
                case Next.Reject reject when !call.IsAnswered:
                    call.End((reject.IsBusy ? LegEnd.Busy : LegEnd.Rejected) with { By = Side.Emulator, Returned = reject.Returned });
                    return null;
                case Next.Reject reject:
                    call.Complete(reject.Returned);
                    return null;
                case Next.HangUp end:
                    call.Complete(end.Returned);
                    return null;
                case Next.Onward:
                    // The document ran out: an inbound call is answered even so, then hung up (twilio.com/docs/voice/twiml).
                    await call.AnswerAsync(services.World.Ending);
                    return call.IsOver ? null : next;
                default:
                    throw new InvalidOperationException($"nowhere to go: {next}");
            }
        }
    }

    private async Task<Next?> OneAsync(DocumentRequest request, bool isWhisper)
    {
        var scope = call.BeginScope();
        var cancellation = scope.Token;
        try
        {
            if (IsLooping(request) is { } looping) return looping;
            var (document, fault) = await _fetcher.FetchAsync(call, request, cancellation);
            if (fault is not null) return Told(fault);
            var context = new VerbContext(services, call, document!, isWhisper ? VerbPlace.Whisper : VerbPlace.Call, scope: scope);
            foreach (var verb in document!.Verbs)
            {
                cancellation.ThrowIfCancellationRequested();
                var next = await verb.RunAsync(context, cancellation);
                if (next is Next.CutShort)
                {
                    services.World.Ending.ThrowIfCancellationRequested();
                    return null;
                }
                if (next is Next.Failed failed) return Told(failed);
                if (next is not Next.Onward) return next;
            }
            return Next.Continue;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested && !services.World.Ending.IsCancellationRequested)
        {
            // The call has ended or goes elsewhere; RunAsync looks which.
            return null;
        }
    }

    private Next.Failed Told(Next.Failed failed)
    {
        if (!failed.IsAlerted)
        {
            call.Cause = services.Raise(call.Record, AlertLevel.Error, failed.Code, failed.Message, failed.Url, call.Cause).Seq;
        }
        return failed;
    }

    private DocumentRequest.Fetch? Fallback(DocumentRequest request, Next.Failed failed)
    {
        var (url, method) = (call.Instructions.FallbackUrl, call.Instructions.FallbackMethod);
        return _fetcher.Chain.FallBack((request as DocumentRequest.Fetch)?.Purpose, failed.Code, failed.Url, url, method) is { } order
            ? new DocumentRequest.Fetch(order.Url, order.Method, order.Purpose, order.Extra)
            : null;
    }

    private async Task SpeakErrorAsync()
    {
        var cancellation = call.BeginScope().Token;
        try
        {
            if (!await call.AnswerAsync(cancellation)) return;
            await call.Media.PlayAsync(Sounds.Speech(ApplicationError), cancellation);
            call.Complete();
        }
        catch (OperationCanceledException) when (!services.World.Ending.IsCancellationRequested)
        {
            // Hung up, or redirected in mid-sentence.
        }
    }

    private Next.Failed? IsLooping(DocumentRequest request)
    {
        if (_fetcher.Chain.Count() is not { } fault) return null;
        // The fallback would only lead back here.
        call.Instructions = call.Instructions with { FallbackUrl = null };
        return Told(new Next.Failed(fault.Code, fault.Message, (request as DocumentRequest.Fetch)?.Url ?? "", IsAlerted: false));
    }
}
