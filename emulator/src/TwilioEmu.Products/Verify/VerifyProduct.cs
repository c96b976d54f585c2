using TwilioEmu.Accounts.Attaching;
using TwilioEmu.Carrier.Mail;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Products.Lookup;
using TwilioEmu.Products.Verify.Attempts;
using TwilioEmu.Products.Verify.Factors;
using TwilioEmu.Products.Verify.Sending;
using TwilioEmu.Products.Verify.Services;
using TwilioEmu.Products.Verify.Verifications;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Voice;

namespace TwilioEmu.Products.Verify;

/// <summary>Verify v2 of one world: codes to phones and mailboxes, factors and challenges.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/verify/api. Configuration is the generic stored resources,
/// checked; verifications and attempts are records of its own. No account owns the senders.
/// </remarks>
/// <param name="mail">Where e-mail goes.</param>
/// <param name="voice">Speaks codes.</param>
/// <param name="lookup">Knows what a number is.</param>
public sealed class VerifyProduct(Mailboxes mail, VoiceProduct voice, LookupProduct lookup) : IProduct
{
    private const string Document = "verify_v2";

    private ChallengeOperations? _challenges;

    /// <inheritdoc/>
    public void Attach(Floor floor)
    {
        // twilio.com/docs/api/errors/60200: one code for whatever is wrong with a parameter.
        floor.Door.Declare(new(Document)
        {
            Invalid = 60200,
            Known =
            [
                ("CreateVerification", "Templates"),
                .. MailerRules.Parameters.SelectMany(p => new[] { ("CreateService", p), ("UpdateService", p) }),
            ],
            InvalidWords = static (name, value) => $"Invalid parameter `{name}`: {value}",
            // twilio.com/docs/api/errors/60305.
            Parameters =
            [
                .. new[] { "Identity", "FactorType", "FactorFriendlyName", "Ttl" }
                    .Select(name => new ParameterCode(60305, "access_token", name)),
            ],
        });
        var shelf = new VerifyShelf(floor.World, floor.Documents);
        var book = new VerificationBook(floor.World);
        var attempts = new AttemptBook(floor.World);
        var sender = new CodeSender(shelf, attempts, floor.Exchange, mail, voice, floor.Prices);
        floor.Hang(
        [
            .. new VerificationStart(floor, shelf, book, sender, lookup.FactsOf).Behaviours,
            .. new VerificationOperations(shelf, book, attempts).Behaviours,
            .. new AttemptOperations(attempts).Behaviours, .. new GlobalSafeList(shelf).Behaviours,
        ]);
        var proofs = new ProofBook(floor.World);
        var events = new FactorEvents(floor, shelf);
        floor.Accounts.Devices = new DeviceDoor(
            shelf, proofs, account => floor.Accounts.Find(account) is { } own && floor.Accounts.IsActive(own));
        var factors = new FactorOperations(shelf, proofs, events, floor.Catalog);
        _challenges = new ChallengeOperations(shelf, proofs, events);
        floor.Lay(
            [
                .. new ServiceRules(shelf, account => floor.Accounts.Find(account)?.VerifyRestrictedWords ?? [], book.DeleteOf).Overlays,
                .. factors.Overlays, .. _challenges.Overlays,
                .. new AccessTokenRules(shelf).Overlays, .. new SafeListRules(shelf).Overlays,
            ],
            Document);
    }

    /// <summary>The owner of a push factor's device answers a challenge.</summary>
    /// <returns>Null, or why not: the status and words of the refusal.</returns>
    public (int Status, string Message)? Answer(string challengeSid, bool isApproved, IEnumerable<AccountSid> accounts) =>
        (_challenges ?? throw new InvalidOperationException("Verify is not attached yet")).AnswerByHand(challengeSid, isApproved, accounts);
}
