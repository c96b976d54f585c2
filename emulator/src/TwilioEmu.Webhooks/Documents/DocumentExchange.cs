using System.Globalization;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Twiml.Reading;
using TwilioEmu.Webhooks.Alerts;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Webhooks.Documents;

/// <summary>
/// A chain of documents asked of the app (TwiML fetcher): the same for texts and for calls, but for their <see cref="DocumentRules"/>.
/// </summary>
/// <remarks>
/// Loop-confined; one for each call or text. 1. <see cref="Count"/>: a chain without end is cut. 2.
/// <see cref="AskAsync"/>: ask, and read what came. 3. Who asked runs what it says. 4. <see cref="FallBack"/>:
/// a fault leads to the fallback URL. Where a document's own URLs lead says <see cref="DocumentPlace"/>.
/// </remarks>
public sealed class DocumentExchange(World world, ILetterbox letterbox, DocumentRules rules)
{
    // An app that thinks so long before each document (a long poll) goes round slowly enough.
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(1);

    private DateTimeOffset _asked;
    private DateTimeOffset _answered;
    private int _count;
    private bool _hasFallenBack;

    /// <summary>Counts one more document; the fault where it is one too many.</summary>
    public DocumentFault? Count()
    {
        var bound = rules.Bound;
        var now = world.Clock.GetUtcNow();
        var hasPassed = now - (_answered > _asked ? _answered : _asked) > ClockMode.AtOnce || now - _asked >= LongPoll;
        _count = bound.IsOfAnInstant && hasPassed ? 1 : _count + 1;
        _asked = now;
        return _count <= bound.Count ? null : new DocumentFault(bound.Code, bound.Message) { Level = bound.Level };
    }

    /// <summary>Asks for a document and reads it.</summary>
    /// <param name="request">With all its parameters.</param>
    /// <param name="cancellation">Ends the wait. The app's work is not torn down for it: its answer comes and is not used.</param>
    public async Task<DocumentAnswer> AskAsync(WebhookRequest request, CancellationToken cancellation)
    {
        var answer = await letterbox.SendAsync(request, world.Ending).WaitAsync(cancellation);
        _answered = world.Clock.GetUtcNow();
        if (!answer.IsUsable) return new(answer, null, new DocumentFault(answer.ErrorCode, answer.ErrorMessage ?? "") { IsAlerted = true });
        var reading = TwimlReader.Read(answer.ContentType, answer.Body.Span);
        if (rules.RunsPlainTwiml && reading is TwimlReading.PlainText plain
            && TwimlReader.ReadText(plain.Text) is TwimlReading.Document document)
        {
            reading = document;
        }
        var fault = FaultOf(reading);
        if (fault is not null && Redirected(request, answer.Url)) fault = fault with { Message = $"{fault.Message}; {LedTo(answer.Url)}" };
        return new(answer, fault is null ? reading : null, fault);
    }

    // A login page, most often: whose it is tells more than its markup.
    private static string LedTo(Uri url) => $"the app redirected there: {Place(url)}";

    private static bool Redirected(WebhookRequest request, Uri answered) =>
        Uri.TryCreate(request.Url, UriKind.Absolute, out var asked) && Place(asked) != Place(answered);

    private static string Place(Uri url) => url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>Why a reading cannot be used; null where it can.</summary>
    public DocumentFault? FaultOf(TwimlReading reading) => reading switch
    {
        TwimlReading.Faulty { IsWordsAlone: true } words when rules.PassesOverWords =>
            new(12200, words.Told) { Level = AlertLevel.Warning, IsPassedOver = true },
        TwimlReading.Faulty fault => new(fault.Code, fault.Told),
        TwimlReading.Audio audio when rules.SoundRefusal is { } refusal => new(12300, $"Content-Type {audio.MediaType} {refusal}"),
        _ => null,
    };

    /// <summary>The document to ask for after one that failed; null where there is none.</summary>
    /// <param name="failed">Why the failed one was asked for; null where it was not.</param>
    /// <param name="code">Of the fault: <c>ErrorCode</c>.</param>
    /// <param name="url">Whose fault it is: <c>ErrorUrl</c>.</param>
    /// <param name="fallbackUrl">Null or empty for none.</param>
    /// <param name="method">How that is asked.</param>
    /// <remarks>twilio.com/docs/usage/security/availability-reliability.</remarks>
    public DocumentOrder? FallBack(WebhookPurpose? failed, int code, string url, string? fallbackUrl, string method)
    {
        if (string.IsNullOrEmpty(fallbackUrl) || (rules.FallsBackOnce ? _hasFallenBack : failed == WebhookPurpose.Fallback)) return null;
        _hasFallenBack = true;
        return new(
            fallbackUrl, method, WebhookPurpose.Fallback,
            [new("ErrorCode", code.ToString(CultureInfo.InvariantCulture)), new("ErrorUrl", url)]);
    }
}
