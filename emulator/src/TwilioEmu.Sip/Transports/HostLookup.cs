using System.Net;
using System.Net.Sockets;

namespace TwilioEmu.Sip.Transports;

/// <summary>Finds the addresses of a host.</summary>
/// <remarks>A and AAAA alone (RFC 3263 §4.2 without NAPTR and SRV). Any thread; never throws for the name's sake.</remarks>
internal sealed class HostLookup(SipWireOptions options, TimeProvider time)
{
    /// <summary>In the order they are to be tried: IPv4 first, for that is what most phones listen on; empty for none.</summary>
    public async Task<IReadOnlyList<IPAddress>> FindAsync(string host, CancellationToken cancellation)
    {
        if (IPAddress.TryParse(host, out var literal)) return [literal];
        try
        {
            var found = await options.Lookup(host, cancellation).WaitAsync(options.Resolve, time, cancellation);
            return [.. found.Distinct().OrderBy(a => a.AddressFamily == AddressFamily.InterNetwork ? 0 : 1).Take(options.MaxAddresses)];
        }
        catch (Exception e) when (e is SocketException or TimeoutException or ArgumentException or OperationCanceledException)
        {
            return [];
        }
    }
}
