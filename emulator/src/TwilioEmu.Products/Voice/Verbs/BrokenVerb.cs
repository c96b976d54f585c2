namespace TwilioEmu.Products.Voice.Verbs;

/// <summary>A verb with an error of Twilio's that stops the document when it is reached.</summary>
internal sealed record BrokenVerb(int Code, string Message) : Verb
{
    public override Task<Next> RunAsync(Scene scene, CancellationToken cancellation)
    {
        scene.Answer();
        return Task.FromResult<Next>(new Next.Failed(Code, Message, scene.Document.Self ?? "", IsAlerted: false));
    }
}
