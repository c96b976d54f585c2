using TwilioEmu.Kernel.Serialization;

namespace TwilioEmu.Accounts.Numbers;

/// <summary>What kind of sender a number is: it decides how fast it may send.</summary>
public enum NumberKind
{
    LongCode,
    TollFree,
    ShortCode,
}

/// <summary>Tells kinds from digits.</summary>
public static class NumberKinds
{
    /// <summary>How the config and the records spell them.</summary>
    public static Words<NumberKind> Words { get; } =
        new((NumberKind.LongCode, "long-code"), (NumberKind.TollFree, "toll-free"), (NumberKind.ShortCode, "short-code"));

    // The toll-free codes of the North American plan (nationalnanpa.com).
    private static readonly HashSet<string> TollFreeCodes = ["800", "833", "844", "855", "866", "877", "888"];

    /// <summary>The kind an address has by its digits.</summary>
    public static NumberKind Of(string address)
    {
        if (E164.IsShortCode(address)) return NumberKind.ShortCode;
        var isTollFree = (
            address.StartsWith("+1", StringComparison.Ordinal) && address.Length >= 5 && TollFreeCodes.Contains(address[2..5]))
            || address.StartsWith("+44800", StringComparison.Ordinal) || address.StartsWith("+44808", StringComparison.Ordinal)
            || address.StartsWith("+611800", StringComparison.Ordinal);
        return isTollFree ? NumberKind.TollFree : NumberKind.LongCode;
    }
}
