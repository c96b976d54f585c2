using TwilioEmu.Carrier.Handsets;

namespace TwilioEmu.Scenarios.Config;

/// <summary>How a phone behaves from the start.</summary>
public sealed record HandsetConfig(string Number, HandsetBehaviour Behaviour);
