using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TwilioEmu.Tests.SipPhones;

/// <summary>A SIP endpoint that gives every INVITE the same final answer.</summary>
internal sealed class AnsweringPeer : IAsyncDisposable
{
    private readonly UdpClient _socket;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _answering;

    /// <param name="status">From 300 on.</param>
    /// <param name="at">Where it listens; null for any port of 127.0.0.1.</param>
    public AnsweringPeer(int status, IPEndPoint? at = null)
    {
        _socket = new(at ?? new IPEndPoint(IPAddress.Loopback, 0));
        _answering = AnswerAsync(status);
    }

    public int Port => ((IPEndPoint)_socket.Client.LocalEndPoint!).Port;

    /// <summary>The last INVITE's; null before.</summary>
    public string? CallId { get; private set; }

    public string Uri => $"sip:ada@127.0.0.1:{Port}";

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _answering;
        _socket.Dispose();
        _ending.Dispose();
    }

    private async Task AnswerAsync(int status)
    {
        try
        {
            while (true)
            {
                var came = await _socket.ReceiveAsync(_ending.Token);
                var lines = Encoding.ASCII.GetString(came.Buffer).Split("\r\n\r\n")[0].Split("\r\n");
                if (!lines[0].StartsWith("INVITE ", StringComparison.Ordinal)) continue;
                CallId = lines.First(l => l.StartsWith("Call-ID:", StringComparison.OrdinalIgnoreCase))[8..].Trim();
                string[] copied = ["Via:", "From:", "To:", "Call-ID:", "CSeq:"];
                var kept = lines.Where(l => copied.Any(c => l.StartsWith(c, StringComparison.OrdinalIgnoreCase)))
                    .Select(l => l.StartsWith("To:", StringComparison.OrdinalIgnoreCase) ? l + ";tag=peer" : l);
                var text = $"SIP/2.0 {status} No\r\n{string.Join("\r\n", kept)}\r\nContent-Length: 0\r\n\r\n";
                await _socket.SendAsync(Encoding.ASCII.GetBytes(text), came.RemoteEndPoint, _ending.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }
}
