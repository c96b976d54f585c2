namespace TwilioEmu.Voice.Verbs;

/// <summary>A verb that is not emulated yet: says so aloud when it is reached.</summary>
/// <param name="What">As in the document: <c>&lt;Record&gt;</c>.</param>
/// <param name="Line">1-based.</param>
/// <param name="IsBlocking">
/// True for verbs the call waits in (Record, Enqueue, Connect): what follows relies on what they did, so the call ends with the spoken
/// application error. Others (Start, Stop, Sms) work beside the call and are passed over.
/// </param>
internal sealed record NotEmulatedVerb(string What, int Line, bool IsBlocking) : Verb
{
    public override async Task<Next> RunAsync(VerbContext context, CancellationToken cancellation)
    {
        await context.AnswerAsync(cancellation);
        return context.NotEmulated(What, Line, IsBlocking);
    }
}
