
namespace TwilioEmu.Webhooks.Wires.Connecting;

/// <summary>What the connect callback must know of the request it opens a connection for.</summary>
internal sealed record Attempt(WireLimits Limits, Deadline Deadline)
{
    public static readonly HttpRequestOptionsKey<Attempt> Key = new("attempt");
}
