namespace TwilioEmu.Voice.Calls;

/// <summary>Calls phones and speaks one-time codes to them.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/verify/api/service (DtmfInputRequired): a key is pressed before the code is spoken; who presses none
/// hears none (inferred). The calls are Twilio's own and do not wait for the account's rate.
/// </remarks>
internal sealed class CodeSpeaker(CallServices services)
{
    /// <summary>Calls; returns at once.</summary>
    /// <returns>The call's SID.</returns>
    public string Call(SpokenCode wanted)
    {
        var call = new LiveCall(
            services, Calls.Call.Queued(services.World, wanted.Account, wanted.From, wanted.Number),
            new CallInstructions { SendDigits = wanted.SendDigits }, wanted.Cause);
        services.World.Loop.Start(() => RunAsync(call, wanted));
        return call.Record.Sid;
    }

    private async Task RunAsync(LiveCall call, SpokenCode wanted)
    {
        if (await Ringing.RunAsync(services, call))
        {
            wanted.Changed(call.Record.Status.RestWord(), call.Cause);
            await SpeakAsync(call, wanted);
        }
        if (!call.IsOver) call.Complete();
        wanted.Changed(call.Record.Status.RestWord(), call.Cause);
    }

    private async Task SpeakAsync(LiveCall call, SpokenCode wanted)
    {
        var cancellation = call.BeginScope().Token;
        try
        {
            if (wanted.Question is { } question)
            {
                using var inputs = call.Media.Listen();
                if ((await CodeCaller.CollectAsync(call, inputs, question, 1, cancellation)).Length == 0) return;
            }
            for (var time = 0; time < wanted.Times; time++) await CodeCaller.SayAsync(call, wanted.Words, cancellation);
        }
        catch (OperationCanceledException) when (!services.World.Ending.IsCancellationRequested)
        {
            // Hung up.
        }
    }
}
