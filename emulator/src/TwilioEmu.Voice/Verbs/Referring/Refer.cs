using TwilioEmu.Twiml.Reading;

namespace TwilioEmu.Voice.Verbs.Referring;

/// <summary>
/// Asks the SIP phone at the end of the call to call somebody else itself
/// (twilio.com/docs/voice/twiml/refer). How it goes is in <see cref="ReferRun"/>.
/// </summary>
internal sealed record Refer : Verb
{
    /// <summary>Longest URI, headers aside (13243).</summary>
    private const int MaxUriLength = 255;

    public string? Action { get; init; }

    public string Method { get; init; } = "POST";

    /// <summary>A SIP URI with its headers; null where there is none that could be called.</summary>
    public string? Target { get; init; }

    public static Verb Read(TwimlElement element, List<TwimlWarning> warnings)
    {
        var a = new Attributes(element, warnings);
        var refer = new Refer { Action = a.Text("action"), Method = a.Method("method"), Target = ReadTarget(element, warnings) };
        a.Done();
        return refer;
    }

    public override Task<Next> RunAsync(VerbContext context, CancellationToken cancellation) =>
        new ReferRun(this, context).RunAsync(cancellation);

    private static string? ReadTarget(TwimlElement element, List<TwimlWarning> warnings)
    {
        string? target = null;
        var count = 0;
        foreach (var child in element.Elements)
        {
            if (child.Name is not ("Sip" or "ReferSip"))
            {
                warnings.Add(TwimlWarning.UnknownElement(child, element.Name));
                continue;
            }
            if (++count > 1)
            {
                warnings.Add(new TwimlWarning(12200, "<Refer> has one <Sip>; this one is passed over", child.Line, child.Column));
            }
            else target = UriOf(child.Text.Trim(), child, warnings);
        }
        if (count == 0)
        {
            warnings.Add(new TwimlWarning(12200, "<Refer> has no <Sip>: nobody is named to be called", element.Line, element.Column));
        }
        return target;
    }

    private static string? UriOf(string text, TwimlElement noun, List<TwimlWarning> warnings)
    {
        var hasScheme = text.StartsWith("sip:", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("sips:", StringComparison.OrdinalIgnoreCase);
        var uri = hasScheme ? text : $"sip:{text}";
        var address = uri.Split('?')[0];
        if (address.Length <= MaxUriLength && address.Contains('@', StringComparison.Ordinal)
            && !uri.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            return uri;
        }
        warnings.Add(new TwimlWarning(13243, $"Refer->Sip: Invalid SIP URI '{text}'", noun.Line, noun.Column));
        return null;
    }
}
