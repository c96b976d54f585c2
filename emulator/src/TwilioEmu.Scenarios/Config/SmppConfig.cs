using TwilioEmu.Carrier.SmppLinks;

namespace TwilioEmu.Scenarios.Config;

/// <summary>Links to carriers' systems, both ways.</summary>
public sealed record SmppConfig
{
    /// <summary>Gateways that may bind to the emulator.</summary>
    public IReadOnlyList<SmppSystem> Systems { get; init; } = [];

    /// <summary>SMSCs that the emulator binds to.</summary>
    public IReadOnlyList<SmppCentre> Centres { get; init; } = [];

    /// <summary>True where there are none.</summary>
    public bool IsEmpty => Systems.Count == 0 && Centres.Count == 0;
}
