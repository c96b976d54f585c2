using TwilioEmu.Kernel;

namespace TwilioEmu.Voice.Paying;

/// <summary>What a processor made of a payment.</summary>
/// <param name="Code">Twilio's <c>PayErrorCode</c>; 0 where all went well.</param>
/// <param name="Error">Why not, as <c>PaymentError</c> has it.</param>
internal sealed record PaymentOutcome(int Code, string Error)
{
    /// <summary>Of a charge; null for none.</summary>
    public string? Confirmation { get; init; }

    /// <summary>Of a tokenization; null for none.</summary>
    public string? Token { get; init; }

    /// <summary>Whom a reusable token belongs to; null for none.</summary>
    public string? ProfileId { get; init; }

    public bool IsDone => Code == 0;

    /// <summary>twilio.com/docs/voice/twiml/pay#action: what a payment came to.</summary>
    public IEnumerable<KeyValuePair<string, string>> Parameters()
    {
        if (ProfileId is { } profile) yield return new("ProfileId", profile);
        if (Token is { } token) yield return new("PaymentToken", token);
        if (Confirmation is { } confirmation) yield return new("PaymentConfirmationCode", confirmation);
        if (IsDone) yield break;
        yield return new("PaymentError", Error);
        yield return new("PayErrorCode", Code.ToString(System.Globalization.CultureInfo.InvariantCulture));
        yield return new("ConnectorError", Error);
    }
}

/// <summary>
/// Stands for every payment connector: takes all that is valid, and refuses the numbers that payment processors have for tests of refusals.
/// </summary>
/// <remarks>Loop-confined. The numbers are those of docs.stripe.com/testing. Nothing leaves the house.</remarks>
internal static class PaymentProcessor
{
    /// <summary>How long it takes (inferred).</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);

    private const int Unavailable = 64002;
    private const int ChargeRefused = 64008;
    private const int CardRefused = 64012;

    private static readonly Dictionary<string, (int Code, string Error, bool IsOfCharge)> Refused = new(StringComparer.Ordinal)
    {
        ["4000000000000002"] = (CardRefused, "card is declined", false),
        ["4000000000000069"] = (CardRefused, "card is expired", false),
        ["4000000000000127"] = (CardRefused, "security code is incorrect", false),
        ["4000000000009995"] = (ChargeRefused, "insufficient funds", true),
        ["4000000000000119"] = (Unavailable, "processing error", false),
        ["000111111116"] = (CardRefused, "no account", false),
        ["000111111113"] = (CardRefused, "account closed", false),
        ["000222222227"] = (ChargeRefused, "insufficient funds", true),
    };

    public static PaymentOutcome Process(World world, PaySpec spec, PayDetails details)
    {
        var number = details[PayPiece.CardNumber] ?? details[PayPiece.AccountNumber] ?? "";
        if (Refused.TryGetValue(number, out var why) && (spec.Charge is not null || !why.IsOfCharge))
        {
            return new PaymentOutcome(why.Code, why.Error);
        }
        var code = world.Sids.NewSecret()[..24];
        return spec.Charge is not null ? new PaymentOutcome(0, "") { Confirmation = $"ch_{code}" } : new PaymentOutcome(0, "")
        {
            Token = spec.TokenType == "payment-method" ? $"pm_{code}" : $"tok_{code}",
            ProfileId = spec.TokenType == "one-time" ? null : $"cus_{world.Sids.NewSecret()[..14]}",
        };
    }
}
