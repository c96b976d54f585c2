using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace TwilioEmu.Sip.Transports;

/// <summary>The HTTP upgrade before a WebSocket, with the subprotocol <c>sip</c>. RFC 6455 §4, RFC 7118 §4.</summary>
internal static class WebSocketHandshake
{
    public const string Subprotocol = "sip";

    /// <summary>Of a request or response with its headers; browsers send some hundred bytes and cookies.</summary>
    private const int MaxBytes = 8192;

    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(30);

    /// <summary>Null when it is no upgrade to <c>sip</c>, or a page's that may not (RFC 6455 §10.2); then it was told so.</summary>
    public static async Task<WebSocket?> AcceptAsync(Stream stream, Func<string, bool>? admitsPage, CancellationToken cancellation)
    {
        if (await ReadHeadAsync(stream, cancellation) is not { } head) return null;
        var key = head.GetValueOrDefault("Sec-WebSocket-Key");
        if (key is null || !head[""].StartsWith("GET ", StringComparison.Ordinal) || !Has(head, "Upgrade", "websocket")
            || !Has(head, "Sec-WebSocket-Version", "13"))
        {
            await WriteAsync(stream,
                "HTTP/1.1 426 Upgrade Required\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nContent-Length: 0\r\n\r\n", cancellation);
            return null;
        }
        if (!Has(head, "Sec-WebSocket-Protocol", Subprotocol))
        {
            await WriteAsync(stream, "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", cancellation);
            return null;
        }
        if (head.TryGetValue("Origin", out var origin) && admitsPage?.Invoke(origin) == false)
        {
            await WriteAsync(stream, "HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", cancellation);
            return null;
        }
        await WriteAsync(stream,
            $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {AcceptOf(key)}\r\n"
            + $"Sec-WebSocket-Protocol: {Subprotocol}\r\n\r\n", cancellation);
        return WebSocket.CreateFromStream(stream, new WebSocketCreationOptions
        {
            IsServer = true,
            SubProtocol = Subprotocol,
            KeepAliveInterval = Ping
        });
    }

    public static async Task<WebSocket?> DialAsync(Stream stream, string host, CancellationToken cancellation)
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        await WriteAsync(stream,
            $"GET / HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
            + $"Sec-WebSocket-Protocol: {Subprotocol}\r\nSec-WebSocket-Version: 13\r\n\r\n", cancellation);
        if (await ReadHeadAsync(stream, cancellation) is not { } head || head[""].Split(' ') is not [_, "101", ..]) return null;
        if (head.GetValueOrDefault("Sec-WebSocket-Accept") != AcceptOf(key)
            || !Has(head, "Sec-WebSocket-Protocol", Subprotocol)) return null;
        return WebSocket.CreateFromStream(stream, new WebSocketCreationOptions
        {
            IsServer = false,
            SubProtocol = Subprotocol,
            KeepAliveInterval = Ping
        });
    }

    private static bool Has(Dictionary<string, string> head, string name, string token) =>
        head.TryGetValue(name, out var value) && value.Split(',', StringSplitOptions.TrimEntries)
            .Contains(token, StringComparer.OrdinalIgnoreCase);

#pragma warning disable CA5350 // RFC 6455 §4.2.2 step 5.4 asks for SHA-1; nothing secret hangs on it.
    private static string AcceptOf(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key
        + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350

    /// <summary>Byte by byte, so that nothing behind the empty line is taken. The first line is under the empty name.</summary>
    private static async Task<Dictionary<string, string>?> ReadHeadAsync(Stream stream, CancellationToken cancellation)
    {
        var bytes = new byte[MaxBytes];
        var count = 0;
        while (!bytes.AsSpan(0, count).EndsWith("\r\n\r\n"u8))
        {
            if (count == MaxBytes || await stream.ReadAsync(bytes.AsMemory(count, 1), cancellation) == 0) return null;
            count++;
        }
        var lines = Encoding.ASCII.GetString(bytes, 0, count).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0) return null;
        var head = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [""] = lines[0] };
        foreach (var line in lines[1..])
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0) return null;
            var (name, value) = (line[..colon].Trim(), line[(colon + 1)..].Trim());
            head[name] = head.TryGetValue(name, out var before) ? $"{before},{value}" : value;
        }
        return head;
    }

    private static async Task WriteAsync(Stream stream, string text, CancellationToken cancellation)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), cancellation);
        await stream.FlushAsync(cancellation);
    }
}
