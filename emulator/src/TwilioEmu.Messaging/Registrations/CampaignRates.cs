using System.Globalization;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Messaging.Registrations;

/// <summary>Segments per second of a US A2P 10DLC campaign, shared by its numbers, by the brand's tier.</summary>
/// <remarks>
/// help.twilio.com, Message throughput (MPS) and Trust Scores for A2P 10DLC: the sums over
/// the carriers (recalled). A number that is configured otherwise keeps its own rate.
/// </remarks>
internal static class CampaignRates
{
    public const double SoleProprietor = 1;
    public const double LowVolume = 3.75;
    public const double LowScore = 12;
    public const double MiddleScore = 120;
    public const double TopScore = 225;

    private const int MiddleFrom = 50;
    private const int TopFrom = 75;

    public static double Of(Document brand, Document campaign)
    {
        if (brand["brand_type"] == "SOLE_PROPRIETOR" || campaign["us_app_to_person_usecase"] == "SOLE_PROPRIETOR") return SoleProprietor;
        if (campaign["us_app_to_person_usecase"] == "LOW_VOLUME") return LowVolume;
        var score = int.TryParse(brand["brand_score"], NumberStyles.None, CultureInfo.InvariantCulture, out var told) ? told : 0;
        return score >= TopFrom ? TopScore : score >= MiddleFrom ? MiddleScore : LowScore;
    }

    /// <summary>As a campaign shows them: the class of AT&amp;T with its segments a second, a third of all, and T-Mobile's tier.</summary>
    /// <remarks>twilio.com/docs/messaging/api/usapptoperson-resource; help.twilio.com, Trust Scores for A2P 10DLC.</remarks>
    public static string Face(Document brand, Document campaign)
    {
        var rate = Of(brand, campaign);
        var isMixed = campaign["us_app_to_person_usecase"] == "MIXED";
        var (atAtt, tier) = rate switch
        {
            SoleProprietor => ("W", "LOW"),
            LowVolume => ("T", "LOW"),
            LowScore => (isMixed ? "F" : "E", "LOW"),
            MiddleScore => (isMixed ? "D" : "C", "HIGH_MID"),
            _ => (isMixed ? "B" : "A", "TOP"),
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"att\":{{\"mps\":{rate / 3:0.##},\"msg_class\":\"{atAtt}\"}},\"tmobile\":{{\"brand_tier\":\"{tier}\"}}}}");
    }
}
