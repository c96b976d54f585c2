namespace TwilioEmu.Voice.Verbs;

/// <summary>A verb with an error of Twilio's that stops the document when it is reached.</summary>
internal sealed record BrokenVerb(int Code, string Message) : Verb
{
    public override async Task<Next> RunAsync(VerbContext context, CancellationToken cancellation)
    {
        await context.AnswerAsync(cancellation);
        return new Next.Failed(Code, Message, context.Document.Self ?? "", IsAlerted: false);
    }
}
