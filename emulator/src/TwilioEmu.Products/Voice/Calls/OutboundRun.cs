using TwilioEmu.Products.Voice.Documents;

namespace TwilioEmu.Products.Voice.Calls;

/// <summary>Lives through a call that REST made, from its slot of the rate to its end.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class OutboundRun(Switchroom room, LiveCall call)
{
    public async Task RunAsync()
    {
        if (!await Ringing.RunAsync(room, call)) return;
        var first = call.TakeRedirect() ?? call.Plan.First ?? throw new InvalidOperationException($"call {call.Record.Sid} has no document");
        await new DocumentRun(room, call).RunAsync(first);
    }
}
