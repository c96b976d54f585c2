using TwilioEmu.Products.Verify.Verifications;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Verify.Services;

/// <summary>How many requests an account has in a minute for one of Verify's APIs; more are 429/20429.</summary>
/// <remarks>Loop-confined. A minute begins with the first request after the last one was over (inferred).</remarks>
/// <param name="shelf">Keeps the counts.</param>
/// <param name="api">The API's name among them.</param>
/// <param name="most">How many.</param>
internal sealed class RequestPace(VerifyShelf shelf, string api, int most)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Counts a request and serves it, or refuses it where there were enough.</summary>
    public Answer Serve(RestRequest request, Behaviour behaviour) =>
        Fault(request) is { } late ? new Answer.Refusal(late) : behaviour(request);

    private TwilioError? Fault(RestRequest request)
    {
        var counts = shelf.World.Store.Table(RateLimiter.RateCount.Table, request.Account);
        var counted = RateLimiter.RateCount.Current(counts, api, "", Minute, shelf.Now);
        if (counted.Count >= most) return ErrorCodes.Error(20429, "Too Many Requests");
        shelf.World.Store.Put(
            RateLimiter.RateCount.Table, request.Account, counted with { Count = counted.Count + 1 }, VerifyEntries.Counted, request.Cause);
        return null;
    }
}
