// Sockets live in transports, and the proxy is one.
#pragma warning disable RS0030
using System.Net;
using System.Net.Sockets;

namespace TwilioEmu.Proxy;

/// <summary>Connects to the far side of the proxy, and to none that it may not reach.</summary>
/// <remarks>A name is looked up once; what is connected to is one of the addresses that were checked.</remarks>
internal sealed class Dialer(PassThrough policy, TimeProvider wall)
{
    /// <summary>Look-up and connection together.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <summary>Opens a TCP connection; the caller owns it.</summary>
    /// <exception cref="ProxyRefusal">It may not be, or nobody is there.</exception>
    public async Task<Socket> DialAsync(string host, int port, CancellationToken cancellation)
    {
        if (policy.NeverAllows(host)) throw new ProxyRefusal(403, policy.Refusal(host));
        using var patience = new CancellationTokenSource(Limit, wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            var found = await LookUpAsync(host, either.Token);
            var allowed = found.Where(a => policy.Allows(host, a)).ToArray();
            if (allowed.Length == 0) throw new ProxyRefusal(403, policy.Refusal(host));
            return await ConnectAsync(host, port, allowed, either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw new ProxyRefusal(504, $"{host}:{port} did not answer within {Limit.TotalSeconds:0} s");
        }
    }

    private static async Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellation)
    {
        if (IPAddress.TryParse(host, out var literal)) return [literal];
        // RFC 6761 6.3: names under .localhost are this machine, whatever the resolver thinks.
        if (host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)) return [IPAddress.Loopback, IPAddress.IPv6Loopback];
        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellation);
        }
        catch (Exception fault) when (fault is SocketException or ArgumentException)
        {
            throw new ProxyRefusal(502, $"{host} has no address: {fault.Message}");
        }
    }

    private static async Task<Socket> ConnectAsync(string host, int port, IPAddress[] addresses, CancellationToken cancellation)
    {
        SocketException? last = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(address, port, cancellation);
                return socket;
            }
            catch (SocketException fault)
            {
                socket.Dispose();
                last = fault;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
        throw new ProxyRefusal(502, $"{host}:{port} cannot be reached: {last?.Message}");
    }
}

/// <summary>The proxy says no.</summary>
/// <remarks>An exception because it crosses the HTTP client's connect callback; it never leaves the proxy.</remarks>
internal sealed class ProxyRefusal(int status, string message) : Exception(message)
{
    /// <summary>The HTTP status of the answer.</summary>
    public int Status { get; } = status;
}
