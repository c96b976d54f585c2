using TwilioEmu.Twiml.Reading;

namespace TwilioEmu.Voice.Verbs;

/// <summary>Ends the call; an inbound call that still rings is answered first, and billed (twilio.com/docs/voice/twiml/hangup).</summary>
internal sealed record Hangup : Verb
{
    public static Verb Read(TwimlElement element, List<TwimlWarning> warnings)
    {
        new Attributes(element, warnings).Done();
        // <Parameter> belongs to <Dial><Application>, which is not emulated.
        warnings.AddRange(element.Elements.Where(e => e.Name != "Parameter").Select(e => TwimlWarning.UnknownElement(e, element.Name)));
        return new Hangup();
    }

    public override async Task<Next> RunAsync(VerbContext context, CancellationToken cancellation)
    {
        await context.AnswerAsync(cancellation);
        return new Next.HangUp();
    }
}
