using TwilioEmu.Media.Score;
using TwilioEmu.Twiml.Reading;

namespace TwilioEmu.Voice.Verbs;

/// <summary>Plays a file, or keys as tones (twilio.com/docs/voice/twiml/play).</summary>
/// <param name="Url">As written; empty with <paramref name="Digits"/>.</param>
/// <param name="Digits">Keys and pauses, or empty.</param>
/// <param name="Loop">How often; 0 is for ever, which is 1000 times.</param>
internal sealed record Play(string Url, string Digits, int Loop) : Verb
{
    public static Verb? Read(TwimlElement element, List<TwimlWarning> warnings)
    {
        var attributes = new Attributes(element, warnings);
        var digits = attributes.Value("digits") ?? "";
        var loop = attributes.Whole("loop");
        attributes.Done();
        VerbReader.NoElements(element, warnings);
        if (element.Text.Length == 0 && digits.Length == 0)
        {
            // Keys that were no keys have their warning already.
            if (element["digits"] is null)
            {
                warnings.Add(new TwimlWarning(12200, "<Play> has nothing to play; it is skipped", element.Line, element.Column));
            }
            return null;
        }
        if (element.Text.Length > 0 && digits.Length > 0)
        {
            warnings.Add(new TwimlWarning(12200, "<Play> has digits, so the file it names is not played", element.Line, element.Column));
        }
        return new Play(digits.Length > 0 ? "" : element.Text, digits, loop);
    }

    public override async Task<Next> RunAsync(VerbContext context, CancellationToken cancellation)
    {
        await context.AnswerAsync(cancellation);
        if (Digits.Length > 0)
        {
            for (var i = 0; i < Say.Times(Loop); i++) await context.Media.SendDigitsAsync(Digits, cancellation);
            return Next.Continue;
        }
        var (sound, fault) = await context.FetchSoundAsync(Url, 13420, cancellation);
        if (fault is not null) return fault;
        return await new PlaySound(sound!, Loop).RunAsync(context, cancellation);
    }
}

/// <summary>Plays a sound that is at hand.</summary>
internal sealed record PlaySound(Source Sound, int Loop = 1) : Verb
{
    public override async Task<Next> RunAsync(VerbContext context, CancellationToken cancellation)
    {
        await context.AnswerAsync(cancellation);
        for (var i = 0; i < Say.Times(Loop); i++)
        {
            if (!await context.Media.TryPlayAsync(Sound, cancellation)) return Next.Cut;
        }
        return Next.Continue;
    }
}
