using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Products.Verify.Attempts;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Verify.Verifications;

/// <summary>Checks codes; shows verifications, and lets the app approve or cancel them.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/verify/api/verification, /verification-check.
/// What is approved is gone at once; what is canceled stays for its time.
/// </remarks>
internal sealed class VerificationOperations(VerifyShelf shelf, VerificationBook book, AttemptBook attempts)
{
    /// <summary>twilio.com/docs/api/errors/60202.</summary>
    public const int MaxChecks = 5;

    private const int MinCode = 4;
    private const int MaxCode = 10;

    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("verify_v2/FetchVerification", request => Find(request) is { } found ? Answer.Of(found) : Answer.NotFound(request)),
        ("verify_v2/UpdateVerification", Update),
        ("verify_v2/CreateVerificationCheck", Check),
    ];

    private Answer Update(RestRequest request)
    {
        if (Find(request) is not { } verification) return Answer.NotFound(request);
        var wanted = request.Form["Status"];
        if (wanted is not ("approved" or "canceled")) return new Answer.Refusal(Faults.Parameter("Status", wanted));
        if (verification.Status != VerificationStatus.Pending) return new Answer.Refusal(Faults.Parameter("Status", wanted));
        if (wanted == "canceled") return Answer.Of(book.Become(verification, VerificationStatus.Canceled, request.Cause));
        return Answer.Of(Approve(verification, request.Cause));
    }

    /// <summary>1. Whose code; 2. how often it was tried; 3. whether it is right.</summary>
    private Answer Check(RestRequest request)
    {
        var (form, service) = (request.Form, request.PathValues["ServiceSid"]);
        if (shelf.FindService(request.Account, service) is not { } settings) return Answer.NotFound(request);
        // 1.
        if (form["Code"] is not { Length: >= MinCode and <= MaxCode } code) return new Answer.Refusal(Faults.Parameter("Code"));
        var (to, sid) = (form["To"], form["VerificationSid"]);
        if (string.IsNullOrEmpty(to) && string.IsNullOrEmpty(sid)) return new Answer.Refusal(ErrorCodes.Error(60221));
        if (!string.IsNullOrEmpty(to) && !to.Contains('@', StringComparison.Ordinal))
        {
            if (!E164.TryNormalize(to, out var e164)) return new Answer.Refusal(Faults.Parameter("To", to));
            to = e164;
        }
        var found = string.IsNullOrEmpty(to)
            ? book.Find(request.Account, service, sid!)
            : book.FindOpen(request.Account, service, to.Contains('@', StringComparison.Ordinal) ? to.ToLowerInvariant() : to);
        if (found is not { } verification || !verification.Status.IsOpen()) return Answer.NotFound(request);
        // 2.
        if (verification.Status == VerificationStatus.MaxAttemptsReached) return new Answer.Refusal(ErrorCodes.Error(60202));
        // 3.
        var isRight = code == verification.Code
            && (!settings.IsPsd2 || (form["Amount"] == verification.Amount && form["Payee"] == verification.Payee));
        if (isRight) return Checked(Approve(verification, request.Cause));
        var missed = book.Miss(verification, request.Cause);
        if (missed.CheckCount >= MaxChecks) book.Become(missed, VerificationStatus.MaxAttemptsReached, request.Cause);
        // The last wrong answer still says pending (measured).
        return Checked(missed);
    }

    /// <summary>A check makes nothing: 200, the second status of its document (measured).</summary>
    private static Answer.Resource Checked(Verification verification) => new(verification) { Status = 200 };

    private Verification Approve(Verification verification, long cause)
    {
        var approved = book.Become(verification, VerificationStatus.Approved, cause);
        attempts.Convert(approved, cause);
        return approved;
    }

    /// <summary>By SID or address; what is approved, expired or deleted is not there any more.</summary>
    private Verification? Find(RestRequest request)
    {
        var (service, called) = (request.PathValues["ServiceSid"], request.PathValues["Sid"]);
        if (shelf.FindService(request.Account, service) is null) return null;
        var found = book.Find(request.Account, service, called)
            ?? book.FindOpen(
                request.Account, service,
                called.Contains('@', StringComparison.Ordinal) ? called.ToLowerInvariant()
                    : E164.TryNormalize(called, out var to) ? to
                    : called);
        return found?.Status is VerificationStatus.Pending or VerificationStatus.Canceled or VerificationStatus.MaxAttemptsReached
            ? found
            : null;
    }
}
