// Sockets live in transports, and the letterbox's way out is one.
#pragma warning disable RS0030
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using TwilioEmu.Webhooks.Addresses;

namespace TwilioEmu.Webhooks.Wires.Connecting;

/// <summary>Opens TCP and TLS connections for the HTTP client, each with its own limit, and says exactly why one failed.</summary>
/// <remarks>Runs on the thread pool. A connection may end up serving another request than the one it was opened for.</remarks>
internal sealed class Connector(Trust trust, TimeProvider wall)
{
    // Set by .NET's own images, and so by ours (learn.microsoft.com/dotnet/core/docker, "DOTNET_RUNNING_IN_CONTAINER").
    private static readonly bool IsInContainer = Environment.GetEnvironmentVariable("DOTNET_RUNNING_IN_CONTAINER") is "true" or "1";

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var uri = context.InitialRequestMessage.RequestUri!;
        context.InitialRequestMessage.Options.TryGetValue(Attempt.Key, out var attempt);
        var limits = attempt!.Limits;
        attempt.Deadline.ExpectConnection();
        var stream = await OpenTcpAsync(uri, context.DnsEndPoint, limits.Connect, cancellation).ConfigureAwait(false);
        if (uri.Scheme == Uri.UriSchemeHttps) stream = await SecureAsync(stream, uri, limits, cancellation).ConfigureAwait(false);
        attempt.Deadline.ExpectAnswer();
        return stream;
    }

    private async ValueTask<Stream> OpenTcpAsync(Uri target, DnsEndPoint endPoint, TimeSpan limit, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(limit, wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        // RFC 6761 6.3: names under .localhost are this machine, whatever the resolver thinks.
        var host = endPoint.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) ? "localhost" : endPoint.Host;
        try
        {
            // What is connected to is one of the addresses that were looked at: the name may lead elsewhere at the next look.
            var found = IPAddress.TryParse(host, out var literal)
                ? [literal]
                : await Dns.GetHostAddressesAsync(host, either.Token).ConfigureAwait(false);
            var allowed = found.Where(a => !MetadataAddress.Is(a)).ToArray();
            if (allowed.Length == 0 && found.Length > 0) throw new ConnectException(WireFaults.Metadata(endPoint.Host));
            return await OpenOneOfAsync(allowed, endPoint.Port, either.Token).ConfigureAwait(false);
        }
        catch (Exception thrown)
        {
            if (thrown is SocketException fault)
            {
                var other = fault.SocketErrorCode == SocketError.ConnectionRefused
                    ? await OtherLoopbackAsync(host, endPoint.Port, either.Token).ConfigureAwait(false)
                    : null;
                throw new ConnectException(WireFaults.NotConnected(target, fault, IsInContainer, other));
            }
            if (thrown is OperationCanceledException && patience.IsCancellationRequested)
            {
                throw new ConnectException(WireFaults.ConnectTimedOut(limit));
            }
            throw;
        }
    }

    /// <summary>The loopback address of the other family, where something listens at the port there; null where nothing does.</summary>
    /// <remarks>Servers told to listen at <c>localhost</c> take one of the two, whichever the machine names first: Node's ::1.</remarks>
    private static async Task<IPAddress?> OtherLoopbackAsync(string host, int port, CancellationToken cancellation)
    {
        if (!IPAddress.TryParse(host, out var refused) || !IPAddress.IsLoopback(refused)) return null;
        var other = refused.AddressFamily == AddressFamily.InterNetwork ? IPAddress.IPv6Loopback : IPAddress.Loopback;
        try
        {
            using var socket = new Socket(other.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(other, port, cancellation).ConfigureAwait(false);
            return other;
        }
        catch (Exception thrown) when (thrown is SocketException or OperationCanceledException)
        {
            return null;
        }
    }

    private static async ValueTask<Stream> OpenOneOfAsync(IPAddress[] addresses, int port, CancellationToken cancellation)
    {
        var last = new SocketException((int)SocketError.HostNotFound);
        foreach (var address in addresses)
        {
            Socket? socket = null;
            try
            {
                // Made inside: this machine may lack the family (IPv6 switched off).
                socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(address, port, cancellation).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException fault)
            {
                socket?.Dispose();
                last = fault;
            }
            catch
            {
                socket?.Dispose();
                throw;
            }
        }
        throw last;
    }

    private async ValueTask<Stream> SecureAsync(Stream tcp, Uri target, WireLimits limits, CancellationToken cancellation)
    {
        var host = target.IdnHost;
        using var patience = new CancellationTokenSource(limits.Connect, wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        WireFault? refusal = null;
        var tls = new SslStream(tcp);
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    // An empty name sends no SNI; the certificate is then held against the host by Trust.
                    TargetHost = limits.SendsServerName ? host : "",
                    RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                        (refusal = trust.Refuse(host, certificate, chain, errors)) is null,
                },
                either.Token).ConfigureAwait(false);
            return tls;
        }
        catch (Exception thrown)
        {
            await tls.DisposeAsync().ConfigureAwait(false);
            if (refusal is not null) throw new ConnectException(refusal);
            if (thrown is OperationCanceledException && patience.IsCancellationRequested)
            {
                throw new ConnectException(WireFaults.HandshakeTimedOut(limits.Connect));
            }
            if (thrown is AuthenticationException or IOException) throw new ConnectException(WireFaults.NotSecured(thrown.Message, target));
            throw;
        }
    }
}
