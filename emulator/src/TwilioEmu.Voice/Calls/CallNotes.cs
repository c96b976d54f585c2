using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Voice.Calls;

/// <summary>Where a call's progress is told, kept beside its record while it goes on: for a process that finds it interrupted.</summary>
/// <remarks>Loop-confined.</remarks>
internal static class CallNotes
{
    private const string Prefix = "call/";

    /// <summary>Keeps how it stands when the world is written down; forgets it with the call's end.</summary>
    public static void Keep(World world, Call call, Func<(CallInstructions Instructions, int CallbackCount)> now)
    {
        if (!world.Parts.IsKept) return;
        if (call.Status.IsFinal()) world.Parts.Drop(Prefix + call.Sid);
        else world.Parts.Put(Prefix + call.Sid, to => Walk(now(), to));
    }

    /// <summary>What an earlier process kept of a call; null for nothing.</summary>
    public static (CallInstructions Instructions, int CallbackCount)? Take(World world, string sid)
    {
        if (world.Parts.Take(Prefix + sid) is not { } part) return null;
        world.Parts.Drop(Prefix + sid);
        return Walk(null, part);
    }

    private static (CallInstructions Instructions, int CallbackCount) Walk(
        (CallInstructions Instructions, int CallbackCount)? call, Members m)
    {
        var instructions = new CallInstructions
        {
            StatusCallback = m.TextOrNull("status_callback", call?.Instructions.StatusCallback),
            StatusCallbackMethod = m.Text("status_callback_method", call?.Instructions.StatusCallbackMethod),
            StatusCallbackEvents = (CallEvent)m.Number("status_callback_events", (int?)call?.Instructions.StatusCallbackEvents),
        };
        return (instructions, m.Number("callback_count", call?.CallbackCount));
    }
}
