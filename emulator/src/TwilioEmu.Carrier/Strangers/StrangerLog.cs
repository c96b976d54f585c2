using System.Collections.Concurrent;
using System.Text;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Carrier.Strangers;

/// <summary>
/// Tells the journal of who came to the wrong port: once of each port and protocol, so that nobody who asks every second fills it.
/// </summary>
/// <param name="worldNow">The world that is told; null while there is none yet.</param>
/// <remarks>Any thread. As many are remembered as there are ports and protocols.</remarks>
public sealed class StrangerLog(Func<World?> worldNow)
{
    private readonly ConcurrentDictionary<(string Port, Spoken Spoken), byte> _told = new();

    /// <summary>Tells of it, unless it was told before.</summary>
    /// <param name="port">Which port, by its number.</param>
    /// <param name="expected">What it speaks: <c>SIP over TLS</c>.</param>
    /// <param name="spoken">What came.</param>
    /// <param name="cure">What to do, in words.</param>
    public void Tell(string port, string expected, Spoken spoken, string cure)
    {
        if (worldNow() is not { } world || !_told.TryAdd((port, spoken), 0)) return;
        var reason = $"port {port} speaks {expected}, and {spoken.Word()} came there: {cure}";
        world.Loop.TryPost(static state =>
        {
            var (world, port, expected, spoken, reason) = ((World, string, string, string, string))state!;
            world.Journal.Write(
                AccountSid.None, PortEntries.Misspoken, port, 0, ("expected", expected), ("spoken", spoken), ("reason", reason));
        }, (world, port, expected, spoken.Word(), reason));
    }

    /// <summary>What a client of HTTP is answered by a port that speaks something else.</summary>
    public static byte[] HttpAnswer(string words) => Encoding.UTF8.GetBytes(
        "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "
            + $"{Encoding.UTF8.GetByteCount(words) + 1}\r\nConnection: close\r\n\r\n{words}\n");
}
