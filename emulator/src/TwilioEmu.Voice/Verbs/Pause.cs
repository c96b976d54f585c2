using TwilioEmu.Kernel.Time;
using TwilioEmu.Twiml.Reading;
using TwilioEmu.Voice.Sound;

namespace TwilioEmu.Voice.Verbs;

/// <summary>
/// Waits. As the first verb of an inbound call it rings on meanwhile (180 by SIP), then answers (twilio.com/docs/voice/twiml/pause).
/// </summary>
internal sealed record Pause(TimeSpan Length) : Verb
{
    public static Verb Read(TwimlElement element, List<TwimlWarning> warnings)
    {
        var attributes = new Attributes(element, warnings);
        var seconds = attributes.Whole("length");
        attributes.Done();
        VerbReader.NoElements(element, warnings);
        // No call outlasts a day.
        return new Pause(TimeSpan.FromSeconds(Math.Min(seconds, 86_400)));
    }

    public override async Task<Next> RunAsync(VerbContext context, CancellationToken cancellation)
    {
        context.Live.Ring(hasEarlyMedia: false);
        if (!await Silently.DelayAsync(Length, context.Clock.For("the pause ends"), cancellation)) return Next.Cut;
        await context.AnswerAsync(cancellation);
        return Next.Continue;
    }
}
