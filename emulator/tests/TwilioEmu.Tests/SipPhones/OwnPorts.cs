using System.Net;
using System.Net.Sockets;

namespace TwilioEmu.Tests.SipPhones;

/// <summary>Ports for programs that want to be told where they listen: free now, and nobody else's until they do.</summary>
/// <remarks>
/// They lie below those that the system gives to who asks for any (from 32768 on Linux): one of these, looked up and let go, is some other test's server by the
/// time that a phone has started, and the phone is spoken to in vain. No two tests are given the same one.
/// </remarks>
internal static class OwnPorts
{
    private const int First = 20_000;
    private const int Count = 12_000;
    private const int FirstOfSound = 10_000;
    private const int PortsOfRange = 400;
    private const int RangeCount = 25;

    /// <summary>Elsewhere in each run, in case what the last one started has not ended.</summary>
    private static int _next = Random.Shared.Next(Count);
    private static int _nextRange = Random.Shared.Next(RangeCount);

    public static int One() => Run(1);

    /// <summary>A port that is free with the one above it: who listens for TLS too takes both.</summary>
    public static int Pair() => Run(2);

    /// <summary>A range for the sound of a whole house: 200 legs, which another that runs beside it cannot use up.</summary>
    public static (int First, int Last) Range()
    {
        var first = FirstOfSound + (Interlocked.Increment(ref _nextRange) % RangeCount * PortsOfRange);
        return (first, first + PortsOfRange - 1);
    }

    /// <returns>The first of so many in a row, each free for UDP and TCP.</returns>
    private static int Run(int length)
    {
        for (var tries = 0; tries < Count; tries++)
        {
            var place = ((Interlocked.Add(ref _next, length) - length) & int.MaxValue) % (Count - length);
            var ports = Enumerable.Range(First + place, length);
            if (ports.All(IsFree)) return First + place;
        }
        throw new InvalidOperationException($"no port is free from {First} to {First + Count}");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var udp = new UdpClient(new IPEndPoint(IPAddress.Loopback, port));
            using var tcp = new TcpListener(IPAddress.Loopback, port);
            tcp.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
