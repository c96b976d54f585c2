using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Messaging.Receiving;

/// <summary>Where a number's inbound texts are told.</summary>
/// <param name="Account">Whose number it is.</param>
/// <param name="Url">The app's URL, empty for nowhere.</param>
/// <param name="FallbackUrl">Asked when the first fails, empty for nowhere.</param>
public sealed record InboundRoute(AccountSid Account, string Url, string Method, string FallbackUrl, string FallbackMethod);
