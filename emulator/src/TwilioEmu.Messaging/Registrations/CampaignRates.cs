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
}
