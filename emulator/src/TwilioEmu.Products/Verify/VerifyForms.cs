using TwilioEmu.Kernel.Store;
using TwilioEmu.Products.Verify.Attempts;
using TwilioEmu.Products.Verify.Factors;
using TwilioEmu.Products.Verify.Services;
using TwilioEmu.Products.Verify.Verifications;

namespace TwilioEmu.Products.Verify;

/// <summary>The forms of the records kept here.</summary>
public static class VerifyForms
{
    public static IReadOnlyList<RecordForm> All { get; } =
        [Verification.Form, Attempt.Form, Proof.Form, RateLimiter.RateCount.Form, Mailer.Form, SafeNumber.Form];
}
