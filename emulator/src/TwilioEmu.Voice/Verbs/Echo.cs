using TwilioEmu.Twiml.Reading;

namespace TwilioEmu.Voice.Verbs;

/// <summary>Gives the caller back what they say and press, until the call ends.</summary>
/// <remarks>Known to the SDKs alone, without attributes; no page says what ends it, so the call's end does (inferred).</remarks>
internal sealed record Echo : Verb
{
    public static Verb Read(TwimlElement element, List<TwimlWarning> warnings)
    {
        new Attributes(element, warnings).Done();
        VerbReader.NoElements(element, warnings);
        return new Echo();
    }

    public override async Task<Next> RunAsync(VerbContext context, CancellationToken cancellation)
    {
        await context.AnswerAsync(cancellation);
        using var echo = context.Media.Hear(context.Media);
        await Task.Delay(Timeout.InfiniteTimeSpan, context.Clock, cancellation);
        return Next.Continue;
    }
}
