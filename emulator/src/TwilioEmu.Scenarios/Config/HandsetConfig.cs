using TwilioEmu.Carrier.Handsets;

namespace TwilioEmu.Scenarios.Config;

/// <summary>How a phone behaves from the start.</summary>
/// <param name="SipPassword">With it a real SIP phone may register with the
/// carrier as that number; null for a simulated phone alone.</param>
public sealed record HandsetConfig(string Number, HandsetBehaviour Behaviour, string? SipPassword = null);
