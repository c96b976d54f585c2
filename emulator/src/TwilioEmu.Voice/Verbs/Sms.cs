using TwilioEmu.Twiml.Reading;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Directory;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.Verbs;

/// <summary>Sends a text in the midst of a call (twilio.com/docs/api/twiml/sms, deprecated; error dictionary 14101 to 14108).</summary>
/// <param name="Body">Its words.</param>
/// <param name="To">As written; null for the person at the call's end.</param>
/// <param name="From">As written; null for the call's own number.</param>
internal sealed record Sms(string Body, string? To, string? From) : Verb
{
    // twilio.com/docs/messaging/api/message-resource, Body.
    private const int MaxBody = 1600;

    public string? Action { get; init; }

    public string Method { get; init; } = "POST";

    public string? StatusCallback { get; init; }

    public static Verb Read(TwimlElement element, List<TwimlWarning> warnings)
    {
        var a = new Attributes(element, warnings);
        var sms = new Sms(element.Text, Given(a.Text("to")), Given(a.Text("from")))
        {
            Action = Given(a.Text("action")),
            Method = a.Method("method"),
            StatusCallback = Given(a.Text("statusCallback")),
        };
        a.Done();
        VerbReader.NoElements(element, warnings);
        return sms;
    }

    public override async Task<Next> RunAsync(VerbContext context, CancellationToken cancellation)
    {
        await context.AnswerAsync(cancellation);
        var sent = Send(context);
        if (sent.Code != 0) context.Warn(sent.Code, $"Sms: {sent.Why}");
        if (Action is null) return Next.Continue;
        // "sending", or "invalid" for a number that is none (old page of the verb).
        List<KeyValuePair<string, string>> outcome = [new("SmsStatus", sent.Sid is null ? "invalid" : "sending")];
        if (sent.Sid is { } sid) outcome.Insert(0, new("SmsSid", sid));
        return context.Request(Action, Method, WebhookPurpose.Action, outcome);
    }

    private SentText Send(VerbContext context)
    {
        var call = context.Call;
        var (ours, theirs) = call.Direction == CallDirection.Inbound ? (call.To, call.From) : (call.From, call.To);
        if (Body.Length == 0) return new SentText(null, 14103, "a message needs a body");
        if (Body.Length > MaxBody) return new SentText(null, 14103, $"the body has {Body.Length} characters; at most {MaxBody} are sent");
        if (Address.ToE164(To ?? theirs) is not { } to) return new SentText(null, 14101, $"\"{To ?? theirs}\" is no phone number");
        if (Address.ToE164(From ?? ours) is not { } from) return new SentText(null, 14102, $"\"{From ?? ours}\" is no phone number");
        var callback = StatusCallback is null ? null
            : context.Document.TryResolve(StatusCallback, out var absolute) ? absolute
            : StatusCallback;
        return context.Services.Texts is { } texts
            ? texts.Send(call.Account, from, to, Body, callback, context.Cause)
            : new SentText(null, 13803, "nothing here sends texts");
    }

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
