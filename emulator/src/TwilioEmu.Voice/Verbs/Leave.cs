using TwilioEmu.Twiml.Reading;

namespace TwilioEmu.Voice.Verbs;

/// <summary>Takes a call out of the queue it waits in; anywhere else it does nothing (twilio.com/docs/voice/twiml/leave).</summary>
internal sealed record Leave : Verb
{
    public static Verb Read(TwimlElement element, List<TwimlWarning> warnings)
    {
        new Attributes(element, warnings).Done();
        VerbReader.NoElements(element, warnings);
        return new Leave();
    }

    public override async Task<Next> RunAsync(VerbContext context, CancellationToken cancellation)
    {
        await context.AnswerAsync(cancellation);
        return context.Place == VerbPlace.Side ? new Next.Left() : Next.Continue;
    }
}
