using System.Globalization;

namespace TwilioEmu.Accounts.Billing;

/// <summary>Prices as records keep them and as Twilio spells them.</summary>
/// <remarks>Kept in hundred-thousandths of a US dollar, positive for what is charged: four bytes in a million messages.</remarks>
public static class Price
{
    private const decimal Parts = 100_000m;

    /// <summary>US dollars to hundred-thousandths, rounded to the nearest, away from zero.</summary>
    public static int Of(decimal dollars) => (int)Math.Round(dollars * Parts, MidpointRounding.AwayFromZero);

    /// <summary>Hundred-thousandths to US dollars.</summary>
    public static decimal InDollars(int price) => price / Parts;

    /// <summary>
    /// <c>-0.00750</c>: five places, negative for a charge (twilio.com/docs/messaging/api/message-resource); null while unpriced.
    /// </summary>
    public static string? Spell(int? price) =>
        price is not { } charged ? null : charged == 0 ? "0.00000" : (-charged / Parts).ToString("0.00000", CultureInfo.InvariantCulture);
}
