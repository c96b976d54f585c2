using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Refusals;

namespace TwilioEmu.Tls;

/// <summary>
/// Lets TLS clients in: picks the certificate by the name they ask for, refuses
/// names that are not ours, and tells of both kinds of failure.
/// </summary>
/// <remarks>Runs on the server's threads. HTTP/2 or HTTP/1.1, as the client prefers (ALPN).</remarks>
internal sealed class TlsDoor(LeafCache leaves, ServedNames names, Action<TlsFailure> tell)
{
    /// <summary>From the connection to the end of the handshake.</summary>
    public static readonly TimeSpan HandshakeLimit = TimeSpan.FromSeconds(10);

    // RFC 8446 6.2: alert record, legacy version 3.3, 2 bytes: fatal, unrecognized_name (RFC 6066 3).
    private static readonly byte[] UnrecognizedName = [21, 3, 3, 0, 2, 2, 112];

    /// <summary>Puts TLS into a listener, between what was added before and what is added after.</summary>
    public void AddTo(ListenOptions listen)
    {
        listen.Use(next => connection => WatchAsync(connection, next));
        listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = ChooseAsync, HandshakeTimeout = HandshakeLimit });
        listen.Use(next => connection =>
        {
            if (connection.Features.Get<Handshake>() is { } handshake) handshake.IsDone = true;
            return next(connection);
        });
    }

    /// <summary>
    /// A client that does not trust the root leaves in the middle of the handshake: the commonest mistake, told in words.
    /// </summary>
    private async Task WatchAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var handshake = new Handshake();
        connection.Features.Set(handshake);
        await next(connection);
        if (handshake is { IsDone: false, Name: { } name })
        {
            tell(new TlsFailure(
                DoorEntries.TlsFailed, name,
                "the client ended the handshake: it may not trust the emulator's CA (GET /_emu/v1/ca.pem), or be older than TLS 1.2"));
        }
    }

    private async ValueTask<SslServerAuthenticationOptions> ChooseAsync(TlsHandshakeCallbackContext hello)
    {
        // A client behind the proxy that sends no name means the host it asked the proxy for.
        var asked = ServedNames.Plain(hello.ClientHelloInfo.ServerName);
        if (asked.Length == 0) asked = hello.Connection.Features.Get<ProxiedHost>()?.Name ?? "";
        if (asked.Length > 0 && !names.IsServed(asked))
        {
            tell(new TlsFailure(DoorEntries.TlsRefused, asked, "this is no name of Twilio's, nor one given in tls_names"));
            await hello.Connection.Transport.Output.WriteAsync(UnrecognizedName, hello.CancellationToken);
            throw new AuthenticationException($"no certificate for {asked}");
        }
        var local = (hello.Connection.LocalEndPoint as IPEndPoint)?.Address ?? IPAddress.Loopback;
        if (local.IsIPv4MappedToIPv6) local = local.MapToIPv4();
        var certificate = asked.Length > 0 ? leaves.For(asked) : leaves.ForAddress(local);
        if (hello.Connection.Features.Get<Handshake>() is { } handshake) handshake.Name = asked.Length > 0 ? asked : local.ToString();
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = certificate,
            // Twilio speaks 1.2 and later (twilio.com/docs/api-security-tls, "TLS and cipher suites").
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        };
    }

    private sealed class Handshake
    {
        /// <summary>Whom the client asked for; null until its hello was read.</summary>
        public string? Name { get; set; }

        public bool IsDone { get; set; }
    }
}

/// <summary>A client that did not get in; goes to the journal.</summary>
/// <param name="Kind"><c>tls.refused</c> or <c>tls.failed</c>.</param>
/// <param name="Name">Whom it asked for.</param>
/// <param name="Reason">In words.</param>
internal sealed record TlsFailure(EntryKind Kind, string Name, string Reason);

/// <summary>The host a client asked the proxy for; a feature of its connection.</summary>
internal sealed record ProxiedHost(string Name);
