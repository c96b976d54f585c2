using TwilioEmu.Carrier.Switching;
using TwilioEmu.Voice.Callbacks;
using TwilioEmu.Voice.Detection;
using TwilioEmu.Voice.Directory;
using TwilioEmu.Voice.Documents;

namespace TwilioEmu.Voice.Calls;

/// <summary>Lives through a leg that a <c>&lt;Dial&gt;</c> places: rings, whispers, waits in the bridge.</summary>
/// <remarks>
/// Loop-confined. Dialled legs do not queue (twilio.com/docs/voice/twiml/dial). Whoever dialled waits for <see cref="LiveCall.Ready"/> and
/// <see cref="LiveCall.Left"/>; a REST redirect takes the leg out of the bridge, and it goes on by itself.
/// </remarks>
internal sealed class DialledRun(CallServices services, LiveCall call)
{
    public async Task RunAsync()
    {
        if (!await Ringing.RunAsync(services, call)) return;
        var documents = new DocumentRun(services, call);
        if (call.Instructions.First is { } whisper && !await documents.WhisperAsync(whisper)) return;
        if (call.IsOver) return;
        call.Ready.TrySet(true);
        await call.Left.Task;
        if (!call.IsOver && call.TakeRedirect() is { } elsewhere) await documents.RunAsync(elsewhere);
    }
}

/// <summary>Dials and waits for an answer; what outgoing calls of both kinds share.</summary>
internal static class Ringing
{
    /// <summary>True once answered and the keys of <c>SendDigits</c> sent; false when the call has ended.</summary>
    public static async Task<bool> RunAsync(CallServices services, LiveCall call)
    {
        if (call.IsOver) return false;
        var to = PartyAddress.Read(call.Record.To);
        var byoc = call.Instructions.ByocTrunk is { } trunk && to.IsNumber ? RouteOf(services, call, trunk) : null;
        if (call.IsOver) return false;
        if ((byoc is null
            ? services.Exchange.VoiceLine(to)
            : new HuntLine(services.World, services.Exchange, [.. byoc.Targets.Select(PartyAddress.Read)])) is not { } line)
        {
            // Nobody there; or nobody here who would know.
            if (!services.Exchange.Serves(to.Kind)) services.NotEmulated(call.Record, $"a call to {call.Record.To}", call.Cause);
            call.End(LegEnd.Unreachable);
            return false;
        }
        if (to.Kind == AddressKind.Client && call.Instructions.ClientNotificationUrl is { } notified)
        {
            ClientNotice.Send(services, call, notified);
        }
        call.Dial(line, byoc);
        if (!await call.Connected.WaitAsync(call.Instructions.Timeout, services.World.Clock, services.World.Ending))
        {
            call.End(LegEnd.TimedOut);
            return false;
        }
        if (!await call.Connected.Task || call.IsOver) return false;
        if (call.Instructions.Detection is { IsAsync: true } detection)
        {
            services.World.Loop.Start(new DetectionRun(services, call, detection).RunAsideAsync);
        }
        if (call.Instructions.SendDigits.Length == 0) return true;
        var scope = call.BeginScope();
        try
        {
            await call.Media.SendDigitsAsync(call.Instructions.SendDigits, scope.Token);
        }
        catch (OperationCanceledException) when (!services.World.Ending.IsCancellationRequested)
        {
            // Hung up, or redirected before the first document.
        }
        return !call.IsOver;
    }

    /// <summary>The way by the app's own carrier; a trunk that is not there, or has no target, fails the call (32400).</summary>
    private static ByocRoute? RouteOf(CallServices services, LiveCall call, string sid)
    {
        var route = services.Byoc?.Find(call.Record.Account, sid, call.Record.To);
        if (route is { Targets.Count: > 0 }) return route;
        var why = route is null
            ? $"there is no BYOC trunk {sid}"
            : $"the BYOC trunk {sid} has no connection policy with a target that is enabled";
        call.End(LegEnd.Answered(404, why, Side.Emulator) with { Code = 32400 });
        return null;
    }
}
