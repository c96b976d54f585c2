namespace TwilioEmu.Webhooks.Wires.Connecting;

/// <summary>Carries a typed outcome out of the HTTP client's connect callback, which knows no other way to fail.</summary>
internal sealed class ConnectException(WireFault fault) : IOException(fault.Message)
{
    public WireFault Fault { get; } = fault;
}
