using TwilioEmu.Twiml.Reading;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Verbs;

/// <summary>Goes on with another document; blank means this one again (twilio.com/docs/voice/twiml/redirect).</summary>
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

    public override async Task<Next> RunAsync(VerbContext context, CancellationToken cancellation)
    {
        await context.AnswerAsync(cancellation);
        return context.Request(Url, Method, WebhookPurpose.Redirect, []);
    }
}
