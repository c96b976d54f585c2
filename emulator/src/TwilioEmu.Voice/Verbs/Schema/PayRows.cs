using TwilioEmu.Voice.Paying;
using static TwilioEmu.Voice.Verbs.Schema.AttributeRule;
using static TwilioEmu.Voice.Verbs.Schema.CallRows;

namespace TwilioEmu.Voice.Verbs.Schema;

/// <summary>
/// Pay and its Prompt. A wrong value of Pay is no warning: the payment ends as <c>validation-error</c> with the code told here.
/// </summary>
internal static class PayRows
{
    /// <summary>What the live service speaks its own prompts in.</summary>
    internal static readonly string[] Languages =
        ["en-US", "en-AU", "en-CA", "en-GB", "en-IN", "es-ES", "es-MX", "fr-CA", "fr-FR", "de-DE", "it-IT"];

    // As the page lists them; "timeout" is what callbacks call input-timeout.
    private static readonly string[] Errors =
    [
        "timeout", "input-timeout", "invalid-card-number", "invalid-card-type", "invalid-date", "invalid-security-code",
        "invalid-postal-code",
        "invalid-bank-routing-number", "invalid-bank-account-number", "input-matching-failed", "internal-error",
    ];

    public static IReadOnlyList<ElementRows> All { get; } =
    [
        new("Pay", Pages + "/pay",
            new("input", new Word("dtmf"), "dtmf", 64020),
            new AttributeRow("action", Where) { Note = "the document's own URL; the live service takes https alone (64016)" },
            new("statusCallback", Where), new("statusCallbackMethod", How, "POST"),
            new("paymentMethod", new Word("credit-card", "ach-debit"), "credit-card", 64013),
            new AttributeRow(
                "bankAccountType", new Word("consumer-checking", "consumer-savings", "commercial-checking", "commercial-savings"),
                "consumer-checking", 64020) { Note = "64017 beside a card" },
            new AttributeRow("timeout", new Whole(1, 600), "5", 64020) { Note = "seconds" },
            new("maxAttempts", new Whole(1, 3), "1", 64020), new("securityCode", YesOrNo, "true", 64020),
            new AttributeRow("postalCode", new AnyText("`true`, `false`, or the code itself", "94105"), "true")
            {
                Note = "a code is passed on without asking",
            },
            new("minPostalCodeLength", new Whole(1), "1", 64020),
            new AttributeRow("paymentConnector", new AnyText("name", "Mine"), "Default"),
            new AttributeRow("tokenType", new Word("reusable", "one-time", "payment-method"), "reusable", 64006)
            {
                Note = "64020 beside a `chargeAmount`",
            },
            new AttributeRow(
                "chargeAmount",
                new Judged(
                    "number, 0 to 1000000",
                    static a =>
                        decimal.TryParse(a, System.Globalization.CultureInfo.InvariantCulture, out var d)
                            && d is >= 0 and <= PaySpec.MaxCharge,
                    ["9.99"], ["-1", "x", "1000001"]),
                null, 64003) { Note = "none or 0: the card becomes a token" },
            new(
                "currency", new Judged("ISO 4217 code", static c => c.Length == 3 && c.All(char.IsAsciiLetter), ["eur"], ["dollars"]),
                "usd", 64011),
            new("language", new Word(Languages), "en-US", 64020),
            new AttributeRow("description", new AnyText("text", "a parcel")) { Note = "for the connector", IsIdle = true },
            new("validCardTypes", new SomeWords(false, [.. CardKind.Names]), "visa mastercard amex", 64020)),
        new("Prompt", Pages + "/pay/prompt",
            new("for", new Word([.. Enum.GetValues<PayPiece>().Select(p => PieceWords.Of(p).Word), PieceWords.Processing])),
            new("cardType", new SomeWords(false, [.. CardKind.Names])),
            new(
                "attempt",
                new SomeWords(
                    false, [.. Enumerable.Range(1, 10).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture))])),
            new("errorType", new SomeWords(false, Errors)),
            new("requireMatchingInputs", YesOrNo, "false")),
    ];
}
