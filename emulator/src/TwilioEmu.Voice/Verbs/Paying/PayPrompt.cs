using System.Collections.Immutable;
using TwilioEmu.Twiml.Reading;
using TwilioEmu.Voice.Paying;

namespace TwilioEmu.Voice.Verbs.Paying;

/// <summary>What is said in place of one of Pay's own prompts (twilio.com/docs/voice/twiml/pay/prompt).</summary>
/// <param name="For">The piece or step, as the wire spells it.</param>
/// <param name="CardTypes">Only for these; empty for any.</param>
/// <param name="Attempts">Only at these, from 1; empty for any.</param>
/// <param name="ErrorTypes">Only after these; empty for any.</param>
/// <param name="WantsMatch">Bank numbers are keyed in twice.</param>
/// <param name="Verbs">Say, Play, Pause.</param>
internal sealed record PayPrompt(
    string For, ImmutableArray<string> CardTypes, ImmutableArray<int> Attempts, ImmutableArray<string> ErrorTypes, bool WantsMatch,
    ImmutableArray<Verb> Verbs)
{
    /// <summary>Reads one; null for what is for nothing.</summary>
    public static PayPrompt? Read(TwimlElement element, List<TwimlWarning> warnings)
    {
        var a = new Attributes(element, warnings);
        var step = a.Text("for");
        var prompt = new PayPrompt(
            step ?? "",
            [.. a.Words("cardType")],
            [.. a.Words("attempt").Select(int.Parse)],
            [.. a.Words("errorType")],
            a.Bool("requireMatchingInputs"),
            ReadVerbs(element, warnings));
        a.Done();
        if (step == PieceWords.Processing || PieceWords.Find(step) is not null) return prompt;
        a.Warn(12200, "for", "a step of a payment such as payment-card-number");
        return null;
    }

    /// <summary>How well it fits; null where it does not. The more it asks for, the better.</summary>
    public int? Fit(string step, int attempt, string? cardType, string? error)
    {
        if (step != For) return null;
        if (Attempts.Length > 0 && !Attempts.Contains(attempt)) return null;
        if (CardTypes.Length > 0 && (cardType is null || !CardTypes.Contains(cardType))) return null;
        if (ErrorTypes.Length > 0
            && (error is null || !(ErrorTypes.Contains(error) || (error == "input-timeout" && ErrorTypes.Contains("timeout")))))
        {
            return null;
        }
        return (Attempts.Length > 0 ? 1 : 0) + (CardTypes.Length > 0 ? 1 : 0) + (ErrorTypes.Length > 0 ? 1 : 0);
    }

    private static ImmutableArray<Verb> ReadVerbs(TwimlElement element, List<TwimlWarning> warnings)
    {
        var verbs = ImmutableArray.CreateBuilder<Verb>();
        foreach (var child in element.Elements)
        {
            var verb = child.Name switch
            {
                "Say" => Say.Read(child, warnings),
                "Play" => Play.Read(child, warnings),
                "Pause" => Pause.Read(child, warnings),
                _ => null,
            };
            if (verb is not null) verbs.Add(verb);
            else if (child.Name is not ("Say" or "Play")) warnings.Add(TwimlWarning.UnknownElement(child, element.Name));
        }
        return verbs.ToImmutable();
    }
}
