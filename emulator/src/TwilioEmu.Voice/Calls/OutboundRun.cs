using TwilioEmu.Voice.Documents;

namespace TwilioEmu.Voice.Calls;

/// <summary>Lives through a call that REST made, from its slot of the rate to its end.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class OutboundRun(CallServices services, LiveCall call)
{
    public async Task RunAsync()
    {
        if (!await Ringing.RunAsync(services, call)) return;
        var first = call.TakeRedirect() ?? call.Instructions.First ?? throw new InvalidOperationException($"call {call.Record.Sid} has no document");
        await new DocumentRun(services, call).RunAsync(first);
    }
}
