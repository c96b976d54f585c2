using TwilioEmu.Accounts.Numbers;

namespace TwilioEmu.Voice.Directory;

/// <summary>What may be dialled.</summary>
internal static class Address
{
    /// <summary>The number in E.164, or null when it is none.</summary>
    public static string? ToE164(string text) => E164.TryNormalize(text, out var number) ? number : null;

    /// <summary><c>client:x</c>, <c>sip:x@y</c>, <c>app:AP...</c>, a SIM, a WhatsApp: whatever is no number.</summary>
    public static bool IsOther(string address) =>
        address.StartsWith("client:", StringComparison.Ordinal) || address.StartsWith("sip:", StringComparison.OrdinalIgnoreCase)
        || address.StartsWith("sips:", StringComparison.OrdinalIgnoreCase) || address.StartsWith("app:", StringComparison.Ordinal)
        || address.StartsWith("sim:", StringComparison.Ordinal) || address.StartsWith("whatsapp:", StringComparison.Ordinal);
}
