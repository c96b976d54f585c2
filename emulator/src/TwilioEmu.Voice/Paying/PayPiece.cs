namespace TwilioEmu.Voice.Paying;

/// <summary>One thing that a payer keys in, in the order they are asked for.</summary>
internal enum PayPiece
{
    CardNumber,
    ExpirationDate,
    SecurityCode,
    PostalCode,
    RoutingNumber,
    AccountNumber,
}

/// <summary>How the wire spells the pieces, and what is said to ask for each.</summary>
/// <param name="Word">In <c>For</c>, <c>Capture</c> and <c>&lt;Prompt for&gt;</c>.</param>
/// <param name="Parameter">The name of its parameter.</param>
/// <param name="Prompt">Said unless a <c>&lt;Prompt&gt;</c> says otherwise (inferred: the live prompts are not published).</param>
/// <param name="IsClosedByPound">True where no length is the last, so that <c>#</c> or a pause ends it (measured for postal codes).</param>
internal sealed record PieceWords(string Word, string Parameter, string Prompt, bool IsClosedByPound)
{
    private static readonly Dictionary<PayPiece, PieceWords> Table = new()
    {
        [PayPiece.CardNumber] = new("payment-card-number", "PaymentCardNumber", "Please enter your credit card number.", false),
        [PayPiece.ExpirationDate] = new(
            "expiration-date", "ExpirationDate", "Please enter the expiration date, two digits for the month and two digits for the year.",
            false),
        [PayPiece.SecurityCode] = new("security-code", "SecurityCode", "Please enter the security code of your card.", false),
        [PayPiece.PostalCode] = new(
            "postal-code", "PaymentCardPostalCode", "Please enter your zip code, followed by the pound sign.", true),
        [PayPiece.RoutingNumber] = new("bank-routing-number", "BankRoutingNumber", "Please enter your bank routing number.", false),
        [PayPiece.AccountNumber] = new(
            "bank-account-number", "BankAccountNumber", "Please enter your bank account number, followed by the pound sign.", true),
    };

    /// <summary>The last step of a payment, in <c>For</c> and <c>&lt;Prompt for&gt;</c>.</summary>
    public const string Processing = "payment-processing";

    public static PieceWords Of(PayPiece piece) => Table[piece];

    /// <summary>The piece of a word, or null.</summary>
    public static PayPiece? Find(string? word)
    {
        foreach (var (piece, words) in Table) if (words.Word == word) return piece;
        return null;
    }
}
