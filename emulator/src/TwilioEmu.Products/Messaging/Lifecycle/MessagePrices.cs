using System.Globalization;

namespace TwilioEmu.Products.Messaging.Lifecycle;

/// <summary>What messages cost, so that an app that reads prices finds some.</summary>
/// <remarks>US list price per segment and per media message, 2026, in hundred-thousandths of a dollar (inferred as constants).</remarks>
internal static class MessagePrices
{
    private const int Segment = -790;
    private const int Media = -2000;

    public static int Of(int segmentCount, int mediaCount) => mediaCount > 0 ? Media : Segment * segmentCount;

    /// <summary><c>-0.00790</c>: five places, negative for a charge.</summary>
    public static string Spell(int price) => (price / 100_000m).ToString("0.00000", CultureInfo.InvariantCulture);
}
