using TwilioEmu.Kernel;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Sending;
using TwilioEmu.Twiml.Reading;
using TwilioEmu.Webhooks.Alerts;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Messaging.Receiving;

/// <summary>One inbound text's exchange with the app: the webhook, the document it answers, and what that leads to.</summary>
/// <remarks>Loop-confined; one async procedure per inbound text.</remarks>
internal sealed class ReplyConversation(
    World world, ILetterbox letterbox, ReplySender replies, Outbox outbox, InboundRoute route, Message message,
    IReadOnlyList<KeyValuePair<string, string>> parameters)
{
    /// <summary>14106: at most this many documents to one text.</summary>
    private const int MaxDocuments = 50;

    /// <summary>Runs the exchange to its end.</summary>
    /// <param name="cause">Seq of the entry that received the text.</param>
    public async Task RunAsync(long cause, CancellationToken cancellation)
    {
        var next = new Fetch(route.Url, route.Method, WebhookPurpose.Sms, parameters, cause);
        var isFallback = false;
        for (var documents = 1; ; documents++)
        {
            if (documents > MaxDocuments)
            {
                new Alert { Code = 14106, Level = AlertLevel.Warning, Message = $"more than {MaxDocuments} documents for one text", Url = next.Url, Method = next.Method, Purpose = next.Purpose }
                    .Raise(world.Journal, message.Account, message.Sid, next.Cause);
                return;
            }
            var answer = await SendAsync(next, cancellation);
            var (reading, fault) = Read(answer);
            if (fault is { IsWordsAlone: true })
            {
                // "OK", "Created": the live service warns and goes to no fallback.
                Raise(AlertLevel.Warning, 12200, fault.Message + Place(fault.Line, fault.Column), answer);
                return;
            }
            if (fault is not null)
            {
                if (reading is not null) Raise(AlertLevel.Error, fault.Code, fault.Message + Place(fault.Line, fault.Column), answer);
                if (isFallback || route.FallbackUrl.Length == 0) return;
                isFallback = true;
                next = new Fetch(
                    route.FallbackUrl, route.FallbackMethod, WebhookPurpose.Fallback,
                    [.. parameters, new("ErrorCode", fault.Code.ToString()), new("ErrorUrl", next.Url)], answer.Entry);
                continue;
            }
            if (await ExecuteAsync(reading!, answer, next.Method, cancellation) is not { } follow) return;
            next = follow;
        }
    }

    private Task<WebhookAnswer> SendAsync(Fetch fetch, CancellationToken cancellation) => letterbox.SendAsync(
        new WebhookRequest
        {
            Account = message.Account,
            Url = fetch.Url,
            Method = fetch.Method,
            Parameters = fetch.Parameters,
            Subject = message.Sid,
            Purpose = fetch.Purpose,
            Cause = fetch.Cause,
            // Cookies live per pair of sender and recipient (twilio.com/docs/messaging/twiml).
            CookieJar = $"{message.From} {message.To}",
        },
        cancellation);

    /// <summary>The reading, and the fault that sends us to the fallback URL. A fault of the exchange itself has no reading: the letterbox told of it.</summary>
    private static (TwimlReading? Reading, TwimlReading.Faulty? Fault) Read(WebhookAnswer answer)
    {
        if (!answer.IsUsable) return (null, new TwimlReading.Faulty(answer.ErrorCode, answer.ErrorMessage ?? ""));
        var reading = TwimlReader.Read(answer.ContentType, answer.Body.Span);
        return reading switch
        {
            TwimlReading.Faulty fault => (reading, fault),
            TwimlReading.Audio audio => (reading, new TwimlReading.Faulty(12300, $"Content-Type {audio.MediaType} is no answer to a text")),
            _ => (reading, null),
        };
    }

    /// <summary>Does what the answer says; the document to fetch next, or null when there is none.</summary>
    private async Task<Fetch?> ExecuteAsync(TwimlReading reading, WebhookAnswer answer, string method, CancellationToken cancellation)
    {
        switch (reading)
        {
            case TwimlReading.PlainText plain:
                if (plain.Text.Length > 0) Reply(new ReplyVerb.Message(plain.Text, [], null, null, null, "POST", null, 0, 0), answer);
                return null;
            case TwimlReading.Document document:
                return await ExecuteAsync(document.Root, answer, method, cancellation);
            default:
                return null;
        }
    }

    private async Task<Fetch?> ExecuteAsync(TwimlElement root, WebhookAnswer answer, string method, CancellationToken cancellation)
    {
        var (verbs, warnings) = ReplyDocument.Read(root);
        foreach (var warning in warnings) Raise(AlertLevel.Warning, warning.Code, $"{warning.Message} (line {warning.Line}, column {warning.Column})", answer);
        foreach (var verb in verbs)
        {
            switch (verb)
            {
                case ReplyVerb.Redirect { Url.Length: 0 }:
                    return new Fetch(answer.Url.OriginalString, method, WebhookPurpose.Sms, parameters, answer.Entry);
                case ReplyVerb.Redirect redirect:
                    return new Fetch(Resolve(answer, redirect.Url), redirect.Method, WebhookPurpose.Redirect, parameters, answer.Entry);
                case ReplyVerb.Message reply:
                    if (Reply(reply, answer) is not { } sent || string.IsNullOrWhiteSpace(reply.Action)) break;
                    // The message's action takes over: what follows it in this document is never reached.
                    var left = await outbox.WhenLeftAsync(sent).WaitAsync(cancellation);
                    return new Fetch(Resolve(answer, reply.Action), reply.Method, WebhookPurpose.Action, StatusParameters.Of(left), answer.Entry);
                default:
                    throw new InvalidOperationException($"unknown verb {verb.GetType().Name}");
            }
        }
        return null;
    }

    private Message? Reply(ReplyVerb.Message reply, WebhookAnswer answer)
    {
        var resolved = reply with
        {
            StatusCallback = string.IsNullOrWhiteSpace(reply.StatusCallback) ? null : Resolve(answer, reply.StatusCallback),
            MediaUrls = [.. reply.MediaUrls.Select(url => Resolve(answer, url))],
        };
        var (sent, fault) = replies.Send(message, resolved, answer.Entry);
        if (fault is not null) Raise(LevelOf(fault.Code), fault.Code, fault.Message + Place(reply.Line, reply.Column), answer);
        return sent;
    }

    private static string Place(int line, int column) => line > 0 ? $" (line {line}, column {column})" : "";

    /// <summary>What is wrong with a reply is a warning, but for the loop of two machines (twilio.com/docs/api/errors).</summary>
    private static AlertLevel LevelOf(int code) => code is >= 14100 and < 14200 and not 14107 ? AlertLevel.Warning : AlertLevel.Error;

    private static string Resolve(WebhookAnswer answer, string url) => Uri.TryCreate(answer.Url, url, out var absolute) ? absolute.OriginalString : url;

    private void Raise(AlertLevel level, int code, string text, WebhookAnswer answer) =>
        new Alert { Code = code, Level = level, Message = text, Url = answer.Url.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped) }
            .Raise(world.Journal, message.Account, message.Sid, answer.Entry);

    /// <summary>A document to ask for.</summary>
    private sealed record Fetch(string Url, string Method, WebhookPurpose Purpose, IReadOnlyList<KeyValuePair<string, string>> Parameters, long Cause);
}
