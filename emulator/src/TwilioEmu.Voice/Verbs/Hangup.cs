using System.Collections.Immutable;
using TwilioEmu.Twiml.Reading;

namespace TwilioEmu.Voice.Verbs;

/// <summary>Ends the call; an inbound call that still rings is answered first, and billed (twilio.com/docs/voice/twiml/hangup).</summary>
/// <param name="Returned">Given back to the document that dialled the app (twilio.com/docs/voice/twiml/dial/application/usage).</param>
internal sealed record Hangup(ImmutableArray<KeyValuePair<string, string>> Returned) : Verb
{
    public static Verb Read(TwimlElement element, List<TwimlWarning> warnings)
    {
        new Attributes(element, warnings).Done();
        ParameterReader.NothingElse(element, warnings);
        return new Hangup(ParameterReader.ReadAll(element, warnings));
    }

    public override async Task<Next> RunAsync(VerbContext context, CancellationToken cancellation)
    {
        await context.AnswerAsync(cancellation);
        return new Next.HangUp(Returned);
    }
}
