namespace TwilioEmu.Voice.Paying;

/// <summary>What a payer has keyed in, and how it is told: all but the last digits masked.</summary>
internal sealed class PayDetails(PaySpec spec)
{
    private readonly Dictionary<PayPiece, string> _values = [];

    /// <summary>The digits of a piece; null while they have not come.</summary>
    public string? this[PayPiece piece] => _values.GetValueOrDefault(piece);

    public CardKind? Card => this[PayPiece.CardNumber] is { } number ? CardKind.Of(number) : null;

    /// <summary>The pieces that are still to come, in order.</summary>
    public IEnumerable<PayPiece> Missing => spec.Pieces.Where(p => !_values.ContainsKey(p));

    public void Put(PayPiece piece, string digits) => _values[piece] = digits;

    /// <summary>How many digits a piece has once nobody waits for more; null where only <c>#</c> or a pause tells.</summary>
    public int? FullLength(PayPiece piece, string sofar) => piece switch
    {
        PayPiece.CardNumber => sofar.Length < 4 ? null : CardKind.Of(sofar)?.FullLength ?? 19,
        PayPiece.ExpirationDate => 4,
        PayPiece.SecurityCode => CodeLength,
        PayPiece.RoutingNumber => 9,
        _ => null,
    };

    /// <summary>What is wrong with the digits of a piece, as <c>ErrorType</c> spells it; null for nothing.</summary>
    /// <remarks>
    /// twilio.com/docs/voice/twiml/pay (ErrorType; card checks). Routing numbers have the check digit of the American Bankers Association.
    /// </remarks>
    public string? Judge(PayPiece piece, string digits, DateTimeOffset now)
    {
        if (digits.Length == 0) return "input-timeout";
        switch (piece)
        {
            case PayPiece.CardNumber:
                if (CardKind.Of(digits) is not { } kind || !kind.Lengths.Contains(digits.Length) || !CardKind.HasRightCheckDigit(digits))
                {
                    return "invalid-card-number";
                }
                return spec.CardTypes.Contains(kind.Name) ? null : "invalid-card-type";
            case PayPiece.ExpirationDate: return IsInTime(digits, now) ? null : "invalid-date";
            case PayPiece.SecurityCode: return digits.Length == CodeLength ? null : "invalid-security-code";
            case PayPiece.PostalCode: return digits.Length >= spec.MinPostalCodeLength ? null : "invalid-postal-code";
            case PayPiece.RoutingNumber: return IsRouting(digits) ? null : "invalid-bank-routing-number";
            case PayPiece.AccountNumber: return digits.Length is >= 4 and <= 17 ? null : "invalid-bank-account-number";
            default: throw new ArgumentOutOfRangeException(nameof(piece), piece, "no such piece");
        }
    }

    /// <summary>The parameters of what is known by now.</summary>
    /// <param name="isGrouped">A card number in groups (<c>xxxx-xxxxxx-x4001</c>), as
    /// actions have it; without dashes in status callbacks.</param>
    public IEnumerable<KeyValuePair<string, string>> Parameters(bool isGrouped)
    {
        if (this[PayPiece.CardNumber] is { } number)
        {
            yield return new("PaymentCardNumber", isGrouped ? Grouped(Masked(number, 4, 'x')) : Masked(number, 4, 'x'));
            yield return new("PaymentCardType", Card!.Name);
        }
        if (this[PayPiece.ExpirationDate] is { } date) yield return new("ExpirationDate", date);
        if (this[PayPiece.SecurityCode] is { } code) yield return new("SecurityCode", new string('x', code.Length));
        if ((this[PayPiece.PostalCode] ?? spec.PostalCode) is { } postal) yield return new("PaymentCardPostalCode", postal);
        if (this[PayPiece.RoutingNumber] is { } routing) yield return new("BankRoutingNumber", routing);
        if (this[PayPiece.AccountNumber] is { } account) yield return new("BankAccountNumber", Masked(account, 2, '*'));
        if (spec.BankAccountType is { } type) yield return new("BankAccountType", type);
    }

    private int CodeLength => Card?.Name == "amex" ? 4 : 3;

    private static string Masked(string digits, int shown, char mask) =>
        digits.Length <= shown ? digits : new string(mask, digits.Length - shown) + digits[^shown..];

    /// <summary>4-6-5 for fifteen digits, else fours.</summary>
    private static string Grouped(string digits) => digits.Length == 15
        ? $"{digits[..4]}-{digits[4..10]}-{digits[10..]}"
        : string.Join('-', digits.Chunk(4).Select(c => new string(c)));

    /// <summary><c>MMYY</c>, this month or later.</summary>
    private static bool IsInTime(string digits, DateTimeOffset now)
    {
        if (digits.Length != 4) return false;
        var (month, year) = (int.Parse(digits[..2]), 2000 + int.Parse(digits[2..]));
        return month is >= 1 and <= 12 && (year > now.Year || (year == now.Year && month >= now.Month));
    }

    private static bool IsRouting(string digits)
    {
        if (digits.Length != 9) return false;
        int[] weights = [3, 7, 1];
        return digits.Select((d, i) => (d - '0') * weights[i % 3]).Sum() % 10 == 0;
    }
}
