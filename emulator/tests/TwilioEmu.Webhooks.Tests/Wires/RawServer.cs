using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TwilioEmu.Webhooks.Tests.Wires;

/// <summary>A listener that reads one request per connection and then does to the connection what the test says.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly List<string> _requests = [];
    private readonly Task _serving;

    public RawServer(Func<NetworkStream, CancellationToken, Task> answer)
    {
        _listener.Start();
        _serving = ServeAsync(answer);
    }

    /// <summary>Answers with bytes as they are and closes.</summary>
    public RawServer(params string[] answers)
        : this(Say(answers))
    {
    }

    public string Origin => $"http://127.0.0.1:{Port}";

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Head and body of every request, as text.</summary>
    public IReadOnlyList<string> Requests
    {
        get { lock (_requests) return [.. _requests]; }
    }

    public async ValueTask DisposeAsync()
    {
        _ending.Cancel();
        _listener.Stop();
        await _serving;
        _ending.Dispose();
    }

    private static Func<NetworkStream, CancellationToken, Task> Say(string[] answers)
    {
        var next = -1;
        return async (stream, cancellation) =>
            await stream.WriteAsync(
                Encoding.Latin1.GetBytes(answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)]), cancellation);
    }

    private async Task ServeAsync(Func<NetworkStream, CancellationToken, Task> answer)
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_ending.Token), answer));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client, Func<NetworkStream, CancellationToken, Task> answer)
    {
        using (client)
        {
            try
            {
                await using var stream = client.GetStream();
                await ReadRequestAsync(stream);
                await answer(stream, _ending.Token);
                // A clean close: what the client still sends is read, so that no reset overtakes the answer.
                client.Client.Shutdown(SocketShutdown.Send);
                while (await stream.ReadAsync(new byte[256], _ending.Token) > 0) { }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
            {
                // The client or the test has gone.
            }
        }
    }

    private async Task ReadRequestAsync(NetworkStream stream)
    {
        var text = "";
        var block = new byte[4096];
        while (true)
        {
            var count = await stream.ReadAsync(block, _ending.Token);
            if (count == 0) return;
            text += Encoding.Latin1.GetString(block, 0, count);
            var headEnd = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (headEnd < 0) continue;
            var lengthLine = text[..headEnd].Split("\r\n").FirstOrDefault(l => l.StartsWith("Content-Length: ", StringComparison.Ordinal));
            if (text.Length - headEnd - 4 >= int.Parse(lengthLine?["Content-Length: ".Length..] ?? "0")) break;
        }
        lock (_requests) _requests.Add(text);
    }
}
