using System.Collections.Immutable;
using TwilioEmu.Twiml.Reading;
using TwilioEmu.Voice.Paying;
using TwilioEmu.Voice.Verbs.Schema;

namespace TwilioEmu.Voice.Verbs.Paying;

/// <summary>Takes a payment by keypad (twilio.com/docs/voice/twiml/pay). How it goes is in <see cref="PayRun"/>.</summary>
internal sealed record Pay(PaySpec Spec, ImmutableArray<PayPrompt> Prompts) : Verb
{
    public string? Action { get; init; }

    public string? StatusCallback { get; init; }

    public string StatusCallbackMethod { get; init; } = "POST";

    /// <summary>How often a piece may be keyed in.</summary>
    /// <remarks>
    /// The page speaks of retries, 1 to 3; callbacks were measured with <c>Attempt</c> 1 to 3, so it is attempts in all (inferred).
    /// </remarks>
    public int MaxAttempts { get; init; } = 1;

    public string Language { get; init; } = "en-US";

    public static Verb Read(TwimlElement element, List<TwimlWarning> warnings)
    {
        var a = new Attributes(element, warnings);
        var spec = PaySpec.Read(a.Text, ParameterReader.ReadAll(element, warnings));
        var language = a.Text("language") ?? "en-US";
        var (attempts, count) = (a.Text("maxAttempts"), 1);
        if (attempts is not null && (!int.TryParse(attempts, out count) || count is < 1 or > 3) && spec.FaultCode == 0)
        {
            spec = spec with { FaultCode = 64020, Fault = $"maxAttempts='{attempts}' (not 1, 2 or 3)" };
        }
        if (!PayRows.Languages.Contains(language) && spec.FaultCode == 0)
        {
            spec = spec with { FaultCode = 64020, Fault = $"language='{language}' (none that prompts are spoken in)" };
        }
        var pay = new Pay(spec, ReadPrompts(element, warnings))
        {
            Action = a.Text("action"),
            StatusCallback = a.Given("statusCallback"),
            StatusCallbackMethod = a.Method("statusCallbackMethod"),
            MaxAttempts = Math.Clamp(count, 1, 3),
            Language = language,
        };
        a.Done();
        return pay;
    }

    public override Task<Next> RunAsync(VerbContext context, CancellationToken cancellation) =>
        new PayRun(this, context).RunAsync(cancellation);

    private static ImmutableArray<PayPrompt> ReadPrompts(TwimlElement element, List<TwimlWarning> warnings)
    {
        var prompts = ImmutableArray.CreateBuilder<PayPrompt>();
        foreach (var child in element.Elements)
        {
            if (child.Name == "Prompt")
            {
                if (PayPrompt.Read(child, warnings) is { } prompt) prompts.Add(prompt);
            }
            else if (child.Name != "Parameter") warnings.Add(TwimlWarning.UnknownElement(child, element.Name));
        }
        return prompts.ToImmutable();
    }
}
