using TwilioEmu.Voice.Detection;
using TwilioEmu.Voice.Documents;

namespace TwilioEmu.Voice.Calls;

/// <summary>Lives through a call that REST made, from its slot of the rate to its end.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class OutboundRun(CallServices services, LiveCall call)
{
    public async Task RunAsync()
    {
        if (!await Ringing.RunAsync(services, call)) return;
        if (call.Instructions.Detection is { IsAsync: false } detection && !await DetectAsync(detection)) return;
        var first = call.TakeRedirect() ?? call.Instructions.First
            ?? throw new InvalidOperationException($"call {call.Record.Sid} has no document");
        await new DocumentRun(services, call).RunAsync(first);
    }

    /// <summary>The document waits for the result; false when the call has ended meanwhile.</summary>
    private async Task<bool> DetectAsync(MachineDetection detection)
    {
        var scope = call.BeginScope();
        try
        {
            await new DetectionRun(services, call, detection).RunAsync(scope.Token);
        }
        catch (OperationCanceledException) when (!services.World.Ending.IsCancellationRequested)
        {
            // Hung up; or sent to another document, which does not wait.
        }
        return !call.IsOver;
    }
}
