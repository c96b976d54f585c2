namespace TwilioEmu.Products.Voice.Verbs;

/// <summary>A verb that is not emulated yet: says so aloud when it is reached, and is skipped.</summary>
internal sealed record NotEmulatedVerb(string What) : Verb
{
    public override Task<Next> RunAsync(Scene scene, CancellationToken cancellation)
    {
        scene.Answer();
        scene.NotEmulated(What);
        return Task.FromResult(Next.Continue);
    }
}
