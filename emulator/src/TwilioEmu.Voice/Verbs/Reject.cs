using TwilioEmu.Twiml.Reading;

namespace TwilioEmu.Voice.Verbs;

/// <summary>Refuses a call that was not answered yet; later it hangs up (twilio.com/docs/voice/twiml/reject).</summary>
internal sealed record Reject(bool IsBusy) : Verb
{
    public static Verb Read(TwimlElement element, List<TwimlWarning> warnings)
    {
        var attributes = new Attributes(element, warnings);
        var reason = attributes.Word("reason", "rejected", 13810, "rejected", "busy");
        attributes.Done();
        warnings.AddRange(element.Elements.Where(e => e.Name != "Parameter").Select(e => TwimlWarning.UnknownElement(e, element.Name)));
        return new Reject(reason == "busy");
    }

    public override Task<Next> RunAsync(VerbContext context, CancellationToken cancellation) => Task.FromResult<Next>(new Next.Reject(IsBusy));
}
