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

    /// <summary>Counts a request; the refusal where there were enough.</summary>
    public TwilioError? Fault(RestRequest request)
    {
        var counts = shelf.World.Store.Table(RateLimiter.RateCount.Table, request.Account);
        var counted = counts.Find(RateLimiter.RateCount.KeyOf(api, ""));
        if (counted is null || counted.Since + Minute <= shelf.Now) counted = new RateLimiter.RateCount(api, "", 0, shelf.Now);
        if (counted.Count >= most) return ErrorCodes.Error(20429, "Too Many Requests");
        shelf.World.Store.Put(
            RateLimiter.RateCount.Table, request.Account, counted with { Count = counted.Count + 1 }, VerifyEntries.Counted, request.Cause);
        return null;
    }
}
