namespace TwilioEmu.Voice.Verbs;

/// <summary>A verb that is not emulated yet: says so aloud when it is reached, and is skipped.</summary>
internal sealed record NotEmulatedVerb(string What) : Verb
{
    public override Task<Next> RunAsync(VerbContext context, CancellationToken cancellation)
    {
        context.Answer();
        context.NotEmulated(What);
        return Task.FromResult(Next.Continue);
    }
}
