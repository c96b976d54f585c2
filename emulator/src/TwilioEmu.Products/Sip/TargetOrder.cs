using System.Globalization;
using TwilioEmu.Carrier.SipEndpoints;
using TwilioEmu.Kernel.Randomness;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Sip;

/// <summary>In which order the targets of a trunk or a connection policy are called.</summary>
/// <remarks>
/// Lowest priority first; among equals who comes first is drawn by weight (twilio.com/docs/sip-trunking/api/originationurl-resource).
/// </remarks>
internal static class TargetOrder
{
    private const int Usual = 10;

    /// <summary>Those that are enabled, each once, as the address of a number there.</summary>
    /// <param name="targets">With <c>priority</c>, <c>weight</c>, <c>enabled</c>.</param>
    /// <param name="property">Which property has the SIP URI.</param>
    /// <param name="number">E.164.</param>
    /// <param name="chance">Seeded.</param>
    public static IEnumerable<string> Of(IEnumerable<Document> targets, string property, string number, Chance chance)
    {
        foreach (var rank in targets.Where(t => t["enabled"] != "false").GroupBy(t => NumberIn(t["priority"])).OrderBy(g => g.Key))
        {
            var left = rank.ToList();
            while (left.Count > 0)
            {
                var total = left.Sum(t => (long)NumberIn(t["weight"]));
                var draw = total == 0 ? 0 : (long)(chance.NextBits() % (ulong)total);
                var at = 0;
                while (at < left.Count - 1 && draw >= NumberIn(left[at]["weight"])) draw -= NumberIn(left[at++]["weight"]);
                if (SipAddresses.WithUser(left[at][property] ?? "", number) is { } target) yield return target;
                left.RemoveAt(at);
            }
        }
    }

    private static int NumberIn(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : Usual;
}
