// Sockets live in transports, and the proxy is one.
#pragma warning disable RS0030
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.WebUtilities;
using TwilioEmu.Carrier.Strangers;
using TwilioEmu.Refusals;
using TwilioEmu.Tls;

namespace TwilioEmu.Proxy;

/// <summary>Stands before the HTTP server on its port and takes the connections that begin with CONNECT.</summary>
/// <remarks>
/// The server gives HTTP/1.1's CONNECT no raw stream, so it never sees one. For Twilio's names the tunnel ends in this process: TLS
/// with a certificate of ours, then the same HTTP server as for everybody. Other hosts are connected to where the policy allows it.
///
/// | first bytes | then |
/// |---|---|
/// | <c>CONNECT </c>, name of ours | 200, then TLS or HTTP, served here |
/// | <c>CONNECT </c>, other name | 200 and a tunnel, or 403, 502, 503, 504 |
/// | TLS, which an https URL with this port brings | TLS, then HTTP, served here |
/// | anything else | HTTP, served here |
/// </remarks>
internal sealed class ProxyDoor(
    ProxyOptions options, ServedNames names, ProxyGate gate, Dialer dialer, TimeProvider wall, Action<ProxyFailure> tell)
{
    // Twilio's SDK for PHP splits the answer at exactly this phrase.
    private static readonly byte[] Established = "HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray();

    /// <summary>Builds the listener: this door first, then TLS for tunnels, then HTTP for all.</summary>
    public void AddTo(ListenOptions listen, TlsDoor tls)
    {
        // Built from the last to the first: by the time this door gets what follows it, HTTP is known.
        ConnectionDelegate? http = null;
        listen.Use(secured => connection => ServeAsync(connection, secured, http!));
        tls.AddTo(listen);
        listen.Use(next => http = next);
    }

    private async Task ServeAsync(ConnectionContext connection, ConnectionDelegate secured, ConnectionDelegate http)
    {
        var opening = await FirstBytes.PeekAsync(connection, wall, options.FirstByteLimit);
        if (opening is null) return;
        if (!opening.AsSpan().StartsWith("CONNECT "u8))
        {
            await (SpokenReader.Of(opening) == Spoken.Tls ? secured : http)(connection);
            return;
        }
        if (await ReadHeadAsync(connection) is not { } head) return;
        if (names.IsOurs(ServedNames.Plain(head.Host))) await ServeOursAsync(connection, head, secured, http);
        else await TunnelAsync(connection, head);
    }

    private async Task ServeOursAsync(ConnectionContext connection, ConnectHead head, ConnectionDelegate secured, ConnectionDelegate http)
    {
        var name = ServedNames.Plain(head.Host);
        if (ServedNames.IsTwilio(name) && head.Port is not (80 or 443))
        {
            await RefuseAsync(connection, head, new ProxyRefusal(403, $"{head.Host} listens on 443 and 80, not on {head.Port}"));
            return;
        }
        connection.Features.Set(new ProxiedHost(name));
        await connection.Transport.Output.WriteAsync(Established);
        if (await FirstBytes.PeekAsync(connection, wall, options.HeadLimit) is not { } first) return;
        await (SpokenReader.Of(first) == Spoken.Tls ? secured : http)(connection);
    }

    private async Task TunnelAsync(ConnectionContext connection, ConnectHead head)
    {
        using var place = gate.TryEnter();
        if (place is null)
        {
            await RefuseAsync(connection, head, new ProxyRefusal(503, $"{gate.Capacity} tunnels are open, and no more are allowed"));
            return;
        }
        using var watch = new IdleWatch(wall, options.IdleLimit, FirstBytes.StoppingOf(connection));
        Socket far;
        try
        {
            far = await dialer.DialAsync(head.Host, head.Port, watch.Token);
        }
        catch (ProxyRefusal refusal)
        {
            await RefuseAsync(connection, head, refusal);
            return;
        }
        catch (OperationCanceledException)
        {
            return;
        }
        using (far)
        {
            var client = connection.Features.Get<IConnectionSocketFeature>()?.Socket
                ?? throw new InvalidOperationException("the listener is not a socket's");
            try
            {
                for (var rest = Established.AsMemory(); rest.Length > 0;)
                {
                    rest = rest[await client.SendAsync(rest, SocketFlags.None, watch.Token)..];
                }
                await new Tunnel(connection.Transport.Input, client, far, watch).RunAsync();
            }
            catch (Exception gone) when (gone is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The client left before its tunnel was dug.
            }
        }
    }

    private async Task<ConnectHead?> ReadHeadAsync(ConnectionContext connection)
    {
        using var patience = new CancellationTokenSource(options.HeadLimit, wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, FirstBytes.StoppingOf(connection));
        var input = connection.Transport.Input;
        while (await FirstBytes.ReadAsync(input, either.Token) is { } read)
        {
            var outcome = ConnectHead.TryRead(read.Buffer, out var head, out var end);
            if (outcome == ConnectOutcome.Incomplete)
            {
                input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                if (read.IsCompleted) return null;
                continue;
            }
            // What a refused client sent on is read too, or closing the connection would take the answer with it.
            input.AdvanceTo(outcome == ConnectOutcome.Read ? end : read.Buffer.End);
            if (outcome == ConnectOutcome.Read) return head;
            await WriteAsync(connection, outcome == ConnectOutcome.TooLarge
                ? new ProxyRefusal(431, $"a CONNECT has {ConnectHead.MaxBytes} bytes at most")
                : new ProxyRefusal(400, "a CONNECT reads: CONNECT host:port HTTP/1.1"));
            return null;
        }
        if (patience.IsCancellationRequested)
        {
            await WriteAsync(
                connection, new ProxyRefusal(408, $"the head of the CONNECT did not come within {options.HeadLimit.TotalSeconds:0} s"));
        }
        return null;
    }

    private async Task RefuseAsync(ConnectionContext connection, ConnectHead head, ProxyRefusal refusal)
    {
        tell(new ProxyFailure($"{head.Host}:{head.Port}", refusal));
        await WriteAsync(connection, refusal);
    }

    private static async Task WriteAsync(ConnectionContext connection, ProxyRefusal refusal)
    {
        var body = refusal.Message + "\n";
        var answer = $"HTTP/1.1 {refusal.Status} {ReasonPhrases.GetReasonPhrase(refusal.Status)}\r\nContent-Type: text/plain; "
            + $"charset=utf-8\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";
        await connection.Transport.Output.WriteAsync(Encoding.UTF8.GetBytes(answer));
    }
}

/// <summary>A host the proxy did not carry a client to; goes to the journal.</summary>
/// <param name="Target">Whom the client asked for: <c>example.com:443</c>, or a URL.</param>
/// <param name="Refusal">What it was told.</param>
internal sealed record ProxyFailure(string Target, ProxyRefusal Refusal);
