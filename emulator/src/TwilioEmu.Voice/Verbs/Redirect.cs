using TwilioEmu.Twiml.Reading;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Verbs;

/// <summary>Goes on with another document; blank means this one again (twilio.com/docs/voice/twiml/redirect).</summary>
/// <remarks>
/// A call that is not answered yet rings on, and a SIP caller is told so (180): the document it leads to may still reject it
/// (twilio.com/docs/voice/api/sip-twiml; of calls to numbers inferred).
/// </remarks>
internal sealed record Redirect(string Url, string Method) : Verb
{
    public static Verb Read(TwimlElement element, List<TwimlWarning> warnings)
    {
        var attributes = new Attributes(element, warnings);
        var method = attributes.Method("method");
        attributes.Done();
        VerbReader.NoElements(element, warnings);
        return new Redirect(element.Text, method);
    }

    public override Task<Next> RunAsync(VerbContext context, CancellationToken cancellation)
    {
        context.Live.Ring(hasEarlyMedia: false);
        return Task.FromResult(context.Request(Url, Method, WebhookPurpose.Redirect, []));
    }
}
