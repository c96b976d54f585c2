namespace TwilioEmu.Messaging.Services;

/// <summary>Who of a pool serves a destination. Pure.</summary>
/// <remarks>
/// twilio.com/docs/messaging/services: a short code of the country first, then an alphanumeric sender where they are allowed, then numbers:
/// those of the recipient's country, else of the United States, else any; in the United States and Canada those of the same area code
/// are preferred where the service wants it; Canada is served by toll-free numbers
/// before local ones. Inside a tier the messages are spread evenly.
/// </remarks>
internal static class SenderTiers
{
    // Where names cannot send (twilio.com/docs/glossary/what-alphanumeric-sender-id). Text only: no media under a name.
    private static readonly HashSet<string> WithoutNames = ["US", "CA", "PR", "VI", "GU", "AS", "MP"];

    public static IReadOnlyList<PoolSender> Of(IReadOnlyList<PoolSender> pool, string country, string? area, bool hasMedia)
    {
        if (Where(pool, s => s.Kind == PoolKind.ShortCode && s.Country == country) is { Count: > 0 } codes) return codes;
        if (!hasMedia && !WithoutNames.Contains(country))
        {
            if (Where(pool, s => s.Kind == PoolKind.Alphanumeric && s.Country == country) is { Count: > 0 } here) return here;
            if (Where(pool, s => s is { Kind: PoolKind.Alphanumeric, Country: null }) is { Count: > 0 } anywhere) return anywhere;
        }
        var numbers = Where(pool, s => s.Kind is PoolKind.LongCode or PoolKind.TollFree);
        if (country == "CA" && Where(numbers, s => s.Kind == PoolKind.TollFree) is { Count: > 0 } tollFree) return tollFree;
        if (area is not null && Where(numbers, s => s.AreaCode == area) is { Count: > 0 } near) return near;
        var isNorthAmerican = country is "US" or "CA";
        var national = Where(
            numbers, s => s.Country == country || (isNorthAmerican && s.Kind == PoolKind.TollFree && s.AreaCode is not null));
        if (national.Count > 0) return national;
        return Where(numbers, s => s.Country == "US") is { Count: > 0 } american ? american : numbers;
    }

    private static List<PoolSender> Where(IReadOnlyList<PoolSender> pool, Func<PoolSender, bool> serves)
    {
        var senders = new List<PoolSender>();
        foreach (var sender in pool) if (serves(sender)) senders.Add(sender);
        return senders;
    }
}
