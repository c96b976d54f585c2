using System.Collections.Concurrent;
using System.Text;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Carrier.Strangers;

/// <summary>
/// Tells the journal of who came to the wrong port: once of each port and protocol, so that nobody who asks every second fills it.
/// </summary>
/// <param name="worldNow">The world that is told; null while there is none yet.</param>
/// <remarks>Any thread. What is remembered is bounded.</remarks>
public sealed class StrangerLog(Func<World?> worldNow)
{
    // More than there are ports, protocols and ways to break them.
    private const int MostTold = 256;

    private readonly ConcurrentDictionary<(string Port, string What), byte> _told = new();

    /// <summary>Tells of it, unless it was told before.</summary>
    /// <param name="port">Which port, by its number.</param>
    /// <param name="expected">What it speaks: <c>SIP over TLS</c>.</param>
    /// <param name="spoken">What came.</param>
    /// <param name="cure">What to do, in words.</param>
    public void Tell(string port, string expected, Spoken spoken, string cure)
    {
        if (spoken == Spoken.Unknown) throw new ArgumentOutOfRangeException(nameof(spoken), spoken, "a protocol that has a name");
        Tell(port, expected, spoken.Word(), $"port {port} speaks {expected}, and {spoken.Word()} came there: {cure}");
    }

    /// <summary>Tells of a connection that spoke what the port speaks, badly, and was ended for it.</summary>
    /// <param name="port">Which port, by its number.</param>
    /// <param name="expected">What it speaks.</param>
    /// <param name="why">What was wrong; one of few.</param>
    public void TellOfEnd(string port, string expected, string why) =>
        Tell(port, expected, why, $"port {port} speaks {expected}, and a connection was ended for what came over it: {why}");

    /// <summary>Tells of a message that could not be read, where no connection is ended for it.</summary>
    /// <param name="port">Which port, by its number.</param>
    /// <param name="expected">What it speaks.</param>
    /// <param name="from">Who sent the first of them, for its owner to find.</param>
    /// <param name="why">What was wrong; one of few.</param>
    /// <param name="isAnswered">It was refused; else it was dropped without a word.</param>
    public void TellOfMessage(string port, string expected, string from, string why, bool isAnswered) => Tell(
        port, expected, why,
        $"port {port} speaks {expected}, and {from} sent there what is {why}: it was {(isAnswered ? "refused" : "dropped")}");

    private void Tell(string port, string expected, string spoken, string reason)
    {
        if (worldNow() is not { } world || _told.Count >= MostTold || !_told.TryAdd((port, spoken), 0)) return;
        world.Loop.TryPost(static state =>
        {
            var (world, port, expected, spoken, reason) = ((World, string, string, string, string))state!;
            world.Journal.Write(
                AccountSid.None, PortEntries.Misspoken, port, 0, ("expected", expected), ("spoken", spoken), ("reason", reason));
        }, (world, port, expected, spoken, reason));
    }

    /// <summary>What a client of HTTP is answered by a port that speaks something else.</summary>
    public static byte[] HttpAnswer(string words) => Encoding.UTF8.GetBytes(
        "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "
            + $"{Encoding.UTF8.GetByteCount(words) + 1}\r\nConnection: close\r\n\r\n{words}\n");
}
