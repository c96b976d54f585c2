using System.Globalization;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Verify.Attempts;

/// <summary>
/// Lists attempts and sums them up (twilio.com/docs/verify/api/list-verification-attempts, /summarize-verification-attempts).
/// </summary>
/// <remarks>Loop-confined. Filters that are left out take everything.</remarks>
internal sealed class AttemptOperations(AttemptBook book)
{
    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("verify_v2/ListVerificationAttempt", List),
        (
            "verify_v2/FetchVerificationAttempt",
            request => book.Of(request.Account).Find(request.PathValues["Sid"]) is { } found ? Answer.Of(found) : Answer.NotFound(request)),
        ("verify_v2/FetchVerificationAttemptsSummary", Sum),
    ];

    private Answer List(RestRequest request) =>
        new Answer.List(after =>
            book.Of(request.Account).NewestFirst(after).Where(a => Passes(a, request.Query)).Select(a => (a.Sid, (IFace)a)));

    private Answer Sum(RestRequest request)
    {
        var (all, converted) = (0, 0);
        foreach (var attempt in book.Of(request.Account).OldestFirst().Where(a => Passes(a, request.Query)))
        {
            all++;
            if (attempt.IsConverted) converted++;
        }
        return Answer.Of(new Summary(all, converted));
    }

    private static bool Passes(Attempt attempt, FormValues query) =>
        Is(query["ChannelData.To"], attempt.To) && Is(query["Country"], attempt.Country) && Is(query["Channel"], attempt.Channel)
        && Is(query["VerifyServiceSid"], attempt.ServiceSid) && Is(query["VerificationSid"], attempt.VerificationSid)
        && Is(query["Status"], attempt.IsConverted ? "converted" : "unconverted")
        && (query["DestinationPrefix"] is not { Length: > 0 } prefix || attempt.To.StartsWith(prefix, StringComparison.Ordinal))
        && (query["DateCreatedAfter"] is not { } after || !TwilioDates.TryParse(after, out var from, out _) || attempt.Created >= from)
        && (query["DateCreatedBefore"] is not { } before || !TwilioDates.TryParse(before, out var until, out _)
            || attempt.Created <= until);

    // Words are sent in either case: UNCONVERTED, sms, SMS.
    private static bool Is(string? wanted, string? found) =>
        string.IsNullOrEmpty(wanted) || string.Equals(wanted, found, StringComparison.OrdinalIgnoreCase);

    private sealed class Summary(int all, int converted) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            switch (property)
            {
                case "total_attempts": to.Write(all); break;
                case "total_converted": to.Write(converted); break;
                case "total_unconverted": to.Write(all - converted); break;
                case "conversion_rate_percentage":
                    to.Write((all == 0 ? 0 : 100m * converted / all).ToString("0.#########", CultureInfo.InvariantCulture)); break;
                case "url": to.Write($"{to.BaseUrl}/v2/Attempts/Summary"); break;
            }
        }
    }
}
