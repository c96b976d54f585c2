using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Messaging.Channels;

/// <summary>
/// What WhatsApp calls a person towards one business: <c>US.4566546130240823</c>, told as <c>ExternalUserId</c> and good as a
/// message's <c>To</c>.
/// </summary>
/// <remarks>
/// twilio.com/en-us/changelog, "WhatsApp usernames, new Business-scoped User ID (BSUID) field"; as seen in live requests of 2026. The
/// digits are the number's, shuffled with the account: the same for good, another one for each account, and an app cannot tell the
/// number by them. That the business is the account is inferred. Where the number is hidden the id stands in its stead in records and
/// requests (<see cref="ContactBook"/>), and what the house keeps of a person is kept by their number.
/// </remarks>
internal static class BusinessScopedId
{
    private const long Half = 100_000_000;
    private const int Rounds = 4;
    private const int Digits = 16;
    private const int MaxNumber = 15;

    /// <summary>A person's address of WhatsApp by their id.</summary>
    public static string Of(AccountSid account, string number)
    {
        var digits = number.TrimStart('+');
        if (digits.Length is 0 or > MaxNumber || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return ChannelAddress.On(ChannelAddress.WhatsApp, number);
        }
        var (left, right) = (value / Half, value % Half);
        for (var round = 0; round < Rounds; round++) (left, right) = (right, (left + Mix(account, round, right)) % Half);
        return ChannelAddress.On(
            ChannelAddress.WhatsApp, string.Create(CultureInfo.InvariantCulture, $"{CountryOf($"+{digits}")}.{left:D8}{right:D8}"));
    }

    /// <summary>The address with the number in it, of one with an id of this account's; any other address as it is.</summary>
    public static string? WithNumber(AccountSid account, string? address)
    {
        if (address is null || ChannelAddress.ChannelOf(address.Trim()) != ChannelAddress.WhatsApp) return address;
        var bare = ChannelAddress.Bare(address.Trim()).Trim();
        if (bare.Length != Digits + 3 || bare[2] != '.' || !long.TryParse(
            bare.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return address;
        }
        var (left, right) = (value / Half, value % Half);
        for (var round = Rounds - 1; round >= 0; round--) (left, right) = ((right - Mix(account, round, left) + Half) % Half, left);
        var number = string.Create(CultureInfo.InvariantCulture, $"+{left * Half + right}");
        // Digits that somebody made up are nobody's.
        return Of(account, number) == ChannelAddress.On(ChannelAddress.WhatsApp, bare)
            ? ChannelAddress.On(ChannelAddress.WhatsApp, number)
            : address;
    }

    /// <summary>
    /// True for an address by an id, as against one with a number; what <see cref="WithNumber"/> leaves so is nobody's, or another
    /// account's.
    /// </summary>
    public static bool Is(string address) =>
        ChannelAddress.ChannelOf(address) == ChannelAddress.WhatsApp && ChannelAddress.IsScopedId(ChannelAddress.Bare(address));

    private static string CountryOf(string number) => NumberPlans.CountryOf(number) is { Length: 2 } country ? country : "ZZ";

    private static long Mix(AccountSid account, int round, long half)
    {
        Span<byte> text = stackalloc byte[96];
        var length = Encoding.UTF8.GetBytes(account.Value, text);
        text[length] = (byte)round;
        BinaryPrimitives.WriteInt64BigEndian(text[(length + 1)..], half);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..(length + 9)], hash);
        return (long)(BinaryPrimitives.ReadUInt64BigEndian(hash) % Half);
    }
}
