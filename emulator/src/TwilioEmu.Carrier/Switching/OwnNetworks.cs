using System.Net;
using System.Net.Sockets;

namespace TwilioEmu.Carrier.Switching;

/// <summary>Which hosts a call or a link may go out to: this machine and its own networks, never the open Internet.</summary>
public static class OwnNetworks
{
    /// <summary>
    /// An address of loopback or of a private network (RFC 1918, RFC 4193, link-local), <c>localhost</c>, or a name without dots,
    /// as containers have.
    /// </summary>
    public static bool Allows(string host)
    {
        var bare = host.Trim('[', ']');
        if (!IPAddress.TryParse(bare, out var address))
        {
            return !bare.Contains('.', StringComparison.Ordinal) || bare.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
        }
        if (IPAddress.IsLoopback(address)) return true;
        if (address.AddressFamily == AddressFamily.InterNetworkV6) return address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal;
        return address.GetAddressBytes() is [10, ..] or [172, >= 16 and <= 31, ..] or [192, 168, ..] or [169, 254, ..];
    }
}
