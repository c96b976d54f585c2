using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace TwilioEmu.Bench.Driving;

/// <summary>How a driver reaches a server.</summary>
internal interface ILine
{
    /// <summary>Value of the Host header.</summary>
    string Host { get; }

    Task<Stream> OpenAsync();
}

/// <summary>Plain TCP.</summary>
internal sealed record PlainLine(int Port) : ILine
{
    public string Host => $"127.0.0.1:{Port}";

    public async Task<Stream> OpenAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, Port);
        return new NetworkStream(socket, ownsSocket: true);
    }
}

/// <summary>TLS over another line, by name; whom it trusts is not what is measured.</summary>
internal sealed record TlsLine(ILine Below, string Name) : ILine
{
    public string Host => Name;

    public async Task<Stream> OpenAsync()
    {
        var tls = new SslStream(await Below.OpenAsync());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = Name,
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
        });
        return tls;
    }
}

/// <summary>A tunnel that a forward proxy opens at a CONNECT.</summary>
internal sealed record TunnelLine(int Port, string Target) : ILine
{
    public string Host => Target;

    public async Task<Stream> OpenAsync()
    {
        var stream = await new PlainLine(Port).OpenAsync();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"CONNECT {Target} HTTP/1.1\r\nHost: {Target}\r\n\r\n"));
        var head = new byte[4096];
        var count = 0;
        while (head.AsSpan(0, count).IndexOf("\r\n\r\n"u8) < 0)
        {
            var read = await stream.ReadAsync(head.AsMemory(count));
            if (read == 0) throw new IOException("the proxy closed the tunnel");
            count += read;
        }
        return Encoding.ASCII.GetString(head, 9, 3) == "200" ? stream : throw new IOException($"the proxy said {Encoding.ASCII.GetString(head, 0, count)}");
    }
}
