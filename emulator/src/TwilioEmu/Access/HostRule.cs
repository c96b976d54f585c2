using System.Net;
using TwilioEmu.Tls;

namespace TwilioEmu.Access;

/// <summary>
/// Names in the Host field that cannot be a stranger's:
/// a page whose name was turned to this address after it was loaded (DNS rebinding) comes under its own.
/// </summary>
/// <remarks>
/// Nobody can register an IP address, a name without a dot, or one below <c>localhost</c> (RFC 6761 6.3).
/// Docker Desktop names the machine <c>host.docker.internal</c>.
/// </remarks>
internal sealed class HostRule(ServedNames names)
{
    /// <summary>True when a request under this name is taken.</summary>
    /// <param name="host">Without the port; empty where the client sent none, as no browser does.</param>
    public bool IsKnown(string host)
    {
        var plain = ServedNames.Plain(host.Trim('[', ']'));
        return plain.Length == 0 || !plain.Contains('.', StringComparison.Ordinal) || IPAddress.TryParse(plain, out _)
            || plain.EndsWith(".localhost", StringComparison.Ordinal) || plain == "host.docker.internal" || names.IsOurs(plain);
    }
}
