using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Messaging.Services;

/// <summary>One sender of a pool.</summary>
/// <param name="Sid">PN, SC, AI or XE.</param>
/// <param name="Address">E.164, digits of a short code, an alphanumeric name, or a channel address.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Country">ISO code: where a number is registered; of an alphanumeric
/// sender where alone it may send, null for anywhere.</param>
internal sealed record PoolSender(string Sid, string Address, PoolKind Kind, string? Country)
{
    /// <summary>Of a number of North America's plan, its area code; else null.</summary>
    public string? AreaCode => AreaCodeOf(Address);

    /// <summary>The three digits after +1, or null.</summary>
    public static string? AreaCodeOf(string address) =>
        address.StartsWith("+1", StringComparison.Ordinal) && address.Length == 12 ? address[2..5] : null;

    /// <summary>The sender a stored pool entry stands for; null when it names none.</summary>
    /// <param name="list">The last part of its list: <c>PhoneNumbers</c>.</param>
    /// <param name="entry">The entry.</param>
    public static PoolSender? Of(string list, Document entry) => list switch
    {
        "PhoneNumbers" when entry["phone_number"] is { Length: > 0 } number => new(
            entry.Key, number, NumberKinds.Of(number) == NumberKind.TollFree ? PoolKind.TollFree : PoolKind.LongCode,
            NumberPlace.Of(number).Country),
        "ShortCodes" when entry["short_code"] is { Length: > 0 } code =>
            new(entry.Key, code, PoolKind.ShortCode, entry["country_code"] is { Length: > 0 } country ? country : "US"),
        "AlphaSenders" when entry["alpha_sender"] is { Length: > 0 } name => new(entry.Key, name, PoolKind.Alphanumeric, null),
        "DestinationAlphaSenders" when entry["alpha_sender"] is { Length: > 0 } name => new(
            entry.Key, name, PoolKind.Alphanumeric, entry["iso_country_code"] is { Length: > 0 } country ? country : null),
        "ChannelSenders" when entry["sender"] is { Length: > 0 } address => new(entry.Key, address, PoolKind.Channel, null),
        _ => null,
    };
}

/// <summary>What a sender of a pool is.</summary>
internal enum PoolKind
{
    ShortCode,
    Alphanumeric,
    LongCode,
    TollFree,
    Channel,
}
