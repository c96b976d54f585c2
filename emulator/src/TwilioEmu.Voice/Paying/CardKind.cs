using System.Collections.Immutable;

namespace TwilioEmu.Voice.Paying;

/// <summary>A kind of payment card: how its numbers begin and how long they are.</summary>
/// <param name="Name">As <c>validCardTypes</c> and <c>PaymentCardType</c> spell it.</param>
/// <param name="Prefixes">First digits, from and to, of equal length.</param>
/// <param name="Lengths">Digits in all that such a number may have.</param>
/// <param name="FullLength">After so many nobody waits for more keys.</param>
internal sealed record CardKind(string Name, ImmutableArray<(string From, string To)> Prefixes, ImmutableArray<int> Lengths, int FullLength)
{
    private static readonly ImmutableArray<int> From12 = [.. Enumerable.Range(12, 8)];
    private static readonly ImmutableArray<int> From14 = [.. Enumerable.Range(14, 6)];
    private static readonly ImmutableArray<int> From16 = [.. Enumerable.Range(16, 4)];

    /// <summary>The more exact beginnings first: discover before maestro.</summary>
    /// <remarks>twilio.com/docs/voice/twiml/pay (validCardTypes). Of optima no numbers are published.</remarks>
    public static readonly ImmutableArray<CardKind> All =
    [
        new("enroute", [("2014", "2014"), ("2149", "2149")], [15], 15),
        new("mastercard", [("51", "55"), ("2221", "2720")], [16], 16),
        new("amex", [("34", "34"), ("37", "37")], [15], 15),
        new("jcb", [("3528", "3589")], From16, 16),
        new("diners-club", [("36", "36")], From14, 14),
        new("diners-club", [("300", "304"), ("3095", "3095"), ("38", "39")], From16, 16),
        new("discover", [("6011", "6011"), ("64", "65")], From16, 16),
        new("visa", [("4", "4")], [13, 15, 16, 19], 16),
        new("maestro", [("50", "50"), ("56", "58"), ("6", "6")], From12, 19),
        new("optima", [], [], 16),
    ];

    public static readonly ImmutableArray<string> Names = [.. All.Select(k => k.Name).Distinct()];

    /// <summary>The kind of a number by its beginning; null for none.</summary>
    public static CardKind? Of(string digits)
    {
        foreach (var kind in All)
        {
            foreach (var (from, to) in kind.Prefixes)
            {
                if (digits.Length < from.Length) continue;
                var head = digits[..from.Length];
                if (string.CompareOrdinal(head, from) >= 0 && string.CompareOrdinal(head, to) <= 0) return kind;
            }
        }
        return null;
    }

    /// <summary>The check digit of ISO/IEC 7812-1, annex B.</summary>
    public static bool HasRightCheckDigit(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 1 && (digit *= 2) > 9) digit -= 9;
            sum += digit;
        }
        return sum % 10 == 0;
    }
}
