using System.Globalization;
using System.Text.Json;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Messaging.Registrations;

/// <summary>How many segments a day a brand's campaigns may send to T-Mobile, by the brand's tier.</summary>
/// <remarks>
/// help.twilio.com, Message throughput (MPS) and Trust Scores for A2P 10DLC; twilio.com/docs/api/errors/30027. Counted
/// when the carrier takes them; days are UTC (T-Mobile's are Pacific). Whose subscriber a phone is, the config says
/// (<c>lookup:</c>, <c>carrier: T-Mobile</c>): nobody is taken for one of theirs otherwise. Loop-confined.
/// </remarks>
/// <param name="world">The clock and the store.</param>
/// <param name="registrations">The brand of a number.</param>
/// <param name="carrierOf">The carrier a number was told to have; null for nothing told.</param>
internal sealed class DailyCaps(World world, RegistrationDesk registrations, Func<string, string?> carrierOf)
{
    public const int LimitReached = 30027;

    private const int SoleProprietor = 1_000;
    private const int Low = 2_000;
    private const int Middle = 40_000;
    private const int Top = 200_000;

    /// <summary>True when the message would be more than the day's share.</summary>
    public bool IsReached(Message message) =>
        BrandOf(message) is var (brand, cap) && (Table(message.Account).Find(KeyOf(brand))?.Segments ?? 0) + message.SegmentCount > cap;

    /// <summary>The carrier took a message.</summary>
    public void Count(Message message, long cause)
    {
        if (BrandOf(message) is not var (brand, _)) return;
        var key = KeyOf(brand);
        var before = Table(message.Account).Find(key)?.Segments ?? 0;
        world.Store.Put(
            DailyCount.Table, message.Account, new DailyCount(key, before + message.SegmentCount), RegistrationEntries.Counted, cause);
    }

    private (string Brand, int Cap)? BrandOf(Message message)
    {
        if (carrierOf(message.To)?.Contains("T-Mobile", StringComparison.OrdinalIgnoreCase) != true) return null;
        return registrations.BrandOf(message.Account, message.From) is var (brand, campaign) ? (brand.Key, CapOf(brand, campaign)) : null;
    }

    private static int CapOf(Document brand, Document campaign) => CampaignRates.Of(brand, campaign) switch
    {
        CampaignRates.SoleProprietor => SoleProprietor,
        CampaignRates.TopScore => Top,
        CampaignRates.MiddleScore => Middle,
        _ => Low,
    };

    private string KeyOf(string brand) =>
        $"{brand} {world.Clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";

    private Table<DailyCount> Table(AccountSid account) => world.Store.Table(DailyCount.Table, account);
}

/// <summary>Segments a brand sent to T-Mobile on a day.</summary>
/// <param name="Key">Brand and day.</param>
/// <param name="Segments">So many.</param>
internal sealed record DailyCount(string Key, int Segments) : IRecord
{
    /// <summary>How it is written and read back.</summary>
    public static readonly RecordForm<DailyCount> Form = new("carrier_daily_count", static (r, m) => new DailyCount(
        m.Text("id", r?.Key), m.Number("segments", r?.Segments)));

    public static readonly TableKey<DailyCount> Table = new("carrier_daily_counts", Form);

    public bool IsSettled => true;

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("brand_and_day", Key);
        json.WriteNumber("segments", Segments);
    }
}
