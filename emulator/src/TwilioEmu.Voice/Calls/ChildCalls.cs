namespace TwilioEmu.Voice.Calls;

/// <summary>Makes the calls that a call dials: the one place where a child call begins.</summary>
/// <remarks>Loop-confined. Dialled legs do not queue (twilio.com/docs/voice/twiml/dial).</remarks>
internal sealed class ChildCalls(CallServices services)
{
    /// <summary>Starts a call that rings in a turn of its own; <see cref="DialledRun"/> lives through it.</summary>
    /// <param name="parent">Whose child it is.</param>
    /// <param name="to">As REST spells addresses.</param>
    /// <param name="callerId">Shown to the callee.</param>
    /// <param name="instructions">What is to be done with it.</param>
    public LiveCall Place(LiveCall parent, string to, string callerId, CallInstructions instructions)
    {
        var account = parent.Record.Account;
        var now = services.World.Clock.GetUtcNow();
        var record = new Call
        {
            Sid = services.World.Sids.New("CA"),
            Account = account,
            ParentCallSid = parent.Record.Sid,
            From = callerId,
            To = to,
            Direction = CallDirection.OutboundDial,
            Status = CallStatus.Queued,
            DateCreated = now,
            DateUpdated = now,
            PhoneNumberSid = services.Numbers.Find(callerId) is { } owned && owned.Account == account ? owned.Sid : null,
        };
        var call = new LiveCall(services, record, instructions, parent.Cause);
        services.World.Loop.Start(new DialledRun(services, call).RunAsync);
        return call;
    }
}
