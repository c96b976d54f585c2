using TwilioEmu.Kernel;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Sending;
using TwilioEmu.Twiml.Reading;
using TwilioEmu.Webhooks.Alerts;
using TwilioEmu.Webhooks.Delivery;
using TwilioEmu.Webhooks.Documents;

namespace TwilioEmu.Messaging.Receiving;

/// <summary>One inbound text's exchange with the app: the webhook, the document it answers, and what that leads to.</summary>
/// <remarks>Loop-confined; one async procedure per inbound text.</remarks>
internal sealed class ReplyConversation(
    World world, ILetterbox letterbox, ReplySender replies, InboundRoute route, Message message,
    IReadOnlyList<KeyValuePair<string, string>> parameters)
{
    private const int MaxDocuments = 50;

    /// <summary>What sets the documents of texts apart (twilio.com/docs/messaging/twiml; 14106: at most 50 to one text).</summary>
    private static readonly DocumentRules Rules = new()
    {
        Bound = new(MaxDocuments, IsOfAnInstant: false, 14106, AlertLevel.Warning, $"more than {MaxDocuments} documents for one text"),
        SoundRefusal = "is no answer to a text",
        PassesOverWords = true,
        FallsBackOnce = true,
    };

    private readonly DocumentExchange _documents = new(world, letterbox, Rules);

    /// <summary>
    /// Called in the turn in which an answer is run, or in which it is plain that none will be: until then a restart asks the app again.
    /// </summary>
    public required Action Done { private get; init; }

    /// <summary>Runs the exchange to its end.</summary>
    /// <param name="cause">Seq of the entry that received the text.</param>
    public async Task RunAsync(long cause, CancellationToken cancellation)
    {
        var next = new DocumentOrder(route.Url, route.Method, WebhookPurpose.Sms, []);
        while (true)
        {
            if (_documents.Count() is { } endless)
            {
                new Alert
                {
                    Code = endless.Code,
                    Level = endless.Level,
                    Message = endless.Message,
                    Url = next.Url,
                    Method = next.Method,
                    Purpose = next.Purpose,
                }
                    .Raise(world.Journal, message.Account, message.Sid, cause);
                return;
            }
            if (FaultOf(next) is var (code, words))
            {
                new Alert
                {
                    Code = code,
                    Level = AlertLevel.Warning,
                    Message = words,
                    Url = next.Url,
                    Method = next.Method,
                    Purpose = next.Purpose
                }.Raise(world.Journal, message.Account, message.Sid, cause);
                if (_documents.FallBack(next.Purpose, code, next.Url, route.FallbackUrl, route.FallbackMethod) is { } other)
                {
                    next = other;
                    continue;
                }
                Done();
                return;
            }
            var (answer, reading, fault) = await _documents.AskAsync(RequestFor(next, cause), cancellation);
            cause = answer.Entry;
            DocumentOrder? follow;
            if (fault is null)
            {
                Done();
                follow = await ExecuteAsync(reading!, answer, next, cancellation);
            }
            else
            {
                if (!fault.IsAlerted) Raise(fault.Level, fault.Code, fault.Message, answer);
                follow = fault.IsPassedOver
                    ? null
                    : _documents.FallBack(next.Purpose, fault.Code, next.Url, route.FallbackUrl, route.FallbackMethod);
            }
            if (follow is null)
            {
                Done();
                return;
            }
            next = follow;
        }
    }

    /// <summary>
    /// What is wrong with how a sender is told of texts, whoever set it: nothing is asked then (twilio.com/docs/api/errors/11321, 11322).
    /// </summary>
    private static (int Code, string Words)? FaultOf(DocumentOrder order)
    {
        if (order.Purpose != WebhookPurpose.Sms && order.Purpose != WebhookPurpose.Fallback) return null;
        if (!MessageLimits.IsHttpUrl(order.Url)) return (11321, $"Misconfigured webhook: '{order.Url}' is no http or https URL");
        return order.Method is "GET" or "POST" ? null : (11322, $"Invalid webhook method: '{order.Method}' is neither GET nor POST");
    }

    /// <summary>An action is told of the message that left, all others of the text that came.</summary>
    private WebhookRequest RequestFor(DocumentOrder order, long cause) => new()
    {
        Account = message.Account,
        Url = order.Url,
        Method = order.Method,
        Parameters = order.Purpose == WebhookPurpose.Action ? order.Extra : [.. parameters, .. order.Extra],
        Subject = message.Sid,
        Purpose = order.Purpose,
        Cause = cause,
        // Cookies live per pair of sender and recipient (twilio.com/docs/messaging/twiml).
        CookieJar = $"{message.From} {message.To}",
    };

    /// <summary>Does what the answer says; the document to fetch next, or null when there is none.</summary>
    private async Task<DocumentOrder?> ExecuteAsync(
        TwimlReading reading, WebhookAnswer answer, DocumentOrder asked, CancellationToken cancellation)
    {
        switch (reading)
        {
            case TwimlReading.PlainText plain:
                if (TwimlReader.ReadText(plain.Text) is TwimlReading.Document)
                {
                    const string Told = "the app answered TwiML as text/plain, so that it is texted as it stands: its type is text/xml";
                    world.Journal.Warn(message.Account, message.Sid, answer.Entry, Told);
                }
                if (plain.Text.Length > 0)
                {
                    Reply(new ReplyVerb.Message(plain.Text, [], null, null, null, "POST", null, 0, 0), answer, new(asked.Url, answer.Url));
                }
                return null;
            case TwimlReading.Document document:
                return await ExecuteAsync(document.Root, answer, asked, cancellation);
            default:
                return null;
        }
    }

    private async Task<DocumentOrder?> ExecuteAsync(
        TwimlElement root, WebhookAnswer answer, DocumentOrder asked, CancellationToken cancellation)
    {
        var place = new DocumentPlace(asked.Url, answer.Url);
        var (verbs, warnings) = ReplyDocument.Read(root);
        foreach (var warning in TwimlWarning.ToTell(warnings)) Raise(AlertLevel.Warning, warning.Code, warning.Told, answer);
        foreach (var verb in verbs)
        {
            switch (verb)
            {
                case ReplyVerb.Redirect { Url.Length: 0 }:
                    return new(place.Self!, asked.Method, WebhookPurpose.Sms, []);
                case ReplyVerb.Redirect redirect:
                    return new(place.Resolve(redirect.Url), redirect.Method, WebhookPurpose.Redirect, []);
                case ReplyVerb.Message reply:
                    if (Reply(reply, answer, place) is not { } sent || string.IsNullOrWhiteSpace(reply.Action)) break;
                    // The message's action takes over: what follows it in this document is never reached.
                    var left = await replies.WhenLeftAsync(sent).WaitAsync(cancellation);
                    return new(place.Resolve(reply.Action), reply.Method, WebhookPurpose.Action, StatusParameters.Of(left));
                default:
                    throw new InvalidOperationException($"unknown verb {verb.GetType().Name}");
            }
        }
        return null;
    }

    private Message? Reply(ReplyVerb.Message reply, WebhookAnswer answer, DocumentPlace place)
    {
        var resolved = reply with
        {
            StatusCallback = string.IsNullOrWhiteSpace(reply.StatusCallback) ? null : place.Resolve(reply.StatusCallback),
            MediaUrls = [.. reply.MediaUrls.Select(place.Resolve)],
        };
        var (sent, fault) = replies.Send(message, resolved, answer.Entry);
        if (fault is not null) Raise(LevelOf(fault.Code), fault.Code, fault.Message + TwimlPlace.Of(reply.Line, reply.Column), answer);
        return sent;
    }

    /// <summary>What is wrong with a reply is a warning, but for the loop of two machines (twilio.com/docs/api/errors).</summary>
    private static AlertLevel LevelOf(int code) => code is >= 14100 and < 14200 and not 14107 ? AlertLevel.Warning : AlertLevel.Error;

    private void Raise(AlertLevel level, int code, string text, WebhookAnswer answer) =>
        new Alert
        {
            Code = code,
            Level = level,
            Message = text,
            Url = answer.Url.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped),
        }
            .Raise(world.Journal, message.Account, message.Sid, answer.Entry);
}
