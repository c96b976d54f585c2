using System.Net.Sockets;
using System.Text;

namespace TwilioEmu.Tests.Hosting;

/// <summary>Bytes out, bytes in.</summary>
internal sealed class RawClient(Socket socket) : IDisposable
{
    public Socket Socket { get; } = socket;

    public async Task SendAsync(string text)
    {
        for (ReadOnlyMemory<byte> rest = Encoding.Latin1.GetBytes(text); rest.Length > 0;) rest = rest[await Socket.SendAsync(rest)..];
    }

    /// <summary>Reads up to and with a phrase; what came instead, if the peer ends first.</summary>
    public async Task<string> UntilAsync(string phrase)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!EndsWith(text, phrase) && await ReceiveAsync(one) > 0) text.Append((char)one[0]);
        return text.ToString();
    }

    /// <summary>Reads until the peer ends.</summary>
    public async Task<string> ToEndAsync()
    {
        var text = new StringBuilder();
        var some = new byte[16 * 1024];
        while (await ReceiveAsync(some) is var count and > 0) text.Append(Encoding.Latin1.GetString(some, 0, count));
        return text.ToString();
    }

    public void EndSending() => Socket.Shutdown(SocketShutdown.Send);

    public void Dispose() => Socket.Dispose();

    private static bool EndsWith(StringBuilder text, string phrase)
    {
        if (text.Length < phrase.Length) return false;
        for (var i = 1; i <= phrase.Length; i++) if (text[^i] != phrase[^i]) return false;
        return true;
    }

    private async Task<int> ReceiveAsync(byte[] buffer)
    {
        try
        {
            return await Socket.ReceiveAsync(buffer);
        }
        catch (SocketException)
        {
            return 0;
        }
    }
}
