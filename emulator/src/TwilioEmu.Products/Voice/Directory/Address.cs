namespace TwilioEmu.Products.Voice.Directory;

/// <summary>Addresses that are no telephone numbers.</summary>
internal static class Address
{
    /// <summary><c>client:x</c>, <c>sip:x@y</c>, <c>app:AP...</c>, a SIM: known to the live service, not emulated yet.</summary>
    public static bool IsOther(string address) =>
        address.StartsWith("client:", StringComparison.Ordinal) || address.StartsWith("sip:", StringComparison.OrdinalIgnoreCase)
        || address.StartsWith("sips:", StringComparison.OrdinalIgnoreCase) || address.StartsWith("app:", StringComparison.Ordinal)
        || address.StartsWith("sim:", StringComparison.Ordinal);
}
