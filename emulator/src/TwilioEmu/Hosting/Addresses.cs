using System.Net;
using System.Net.Sockets;

namespace TwilioEmu.Hosting;

/// <summary>Where clients on this machine reach the process.</summary>
/// <param name="Http">Scheme, address and port.</param>
/// <param name="Tls">The same for TLS, or null.</param>
internal sealed record Addresses(string Http, string? Tls)
{
    /// <summary>Reads what was bound: one address of the HTTP listener, then one of the TLS listener.</summary>
    public static Addresses Of(ICollection<string> bound, Endpoints endpoints)
    {
        // The server calls both secure, since the HTTP port holds TLS for tunnels; ports are all that is taken from it.
        var ports = bound.Select(b => new Uri(b).Port).ToArray();
        // Bound to every address, clients on this machine still reach it by the loopback one.
        var host = endpoints.Host is "0.0.0.0" or "::" ? "127.0.0.1"
            : IPAddress.TryParse(endpoints.Host, out var ip) && ip.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{ip}]"
            : endpoints.Host;
        return new Addresses($"http://{host}:{ports[0]}", endpoints.HttpsPort is null ? null : $"https://{host}:{ports[^1]}");
    }
}
