using System.Collections.Immutable;
using TwilioEmu.Twiml.Reading;

namespace TwilioEmu.Voice.Verbs;

/// <summary>Refuses a call that was not answered yet; later it hangs up (twilio.com/docs/voice/twiml/reject).</summary>
/// <param name="IsBusy">As if the line were engaged.</param>
/// <param name="Returned">Given back to the document that dialled the app (twilio.com/docs/voice/twiml/dial/application/usage).</param>
internal sealed record Reject(bool IsBusy, ImmutableArray<KeyValuePair<string, string>> Returned) : Verb
{
    public static Verb Read(TwimlElement element, List<TwimlWarning> warnings)
    {
        var attributes = new Attributes(element, warnings);
        var reason = attributes.Word("reason");
        attributes.Done();
        ParameterReader.NothingElse(element, warnings);
        return new Reject(reason == "busy", ParameterReader.ReadAll(element, warnings));
    }

    public override Task<Next> RunAsync(VerbContext context, CancellationToken cancellation) =>
        Task.FromResult<Next>(new Next.Reject(IsBusy, Returned));
}
