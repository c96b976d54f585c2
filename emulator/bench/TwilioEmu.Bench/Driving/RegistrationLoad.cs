using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TwilioEmu.Sip.Digest;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Parsing;

namespace TwilioEmu.Bench.Driving;

/// <summary>Phones that register over UDP with their passwords: asked (407), answered with a digest, let in (200).</summary>
/// <param name="emulatorPort">Where.</param>
/// <param name="domain">At which domain; its users are <c>u0</c>, <c>u1</c> and so on.</param>
/// <param name="password">All of theirs.</param>
internal sealed class RegistrationLoad(int emulatorPort, string domain, string password)
{
    /// <summary>Sockets at a time, each with one phone that waits for its answer.</summary>
    private const int SocketCount = 32;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Registers all of them once; how long it took.</summary>
    /// <param name="count">How many.</param>
    /// <param name="round">Which time, from 1.</param>
    public async Task<TimeSpan> RunAsync(int count, int round)
    {
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, SocketCount).Select(s => Task.Run(() => RegisterAsync(s, count, round))));
        return Stopwatch.GetElapsedTime(began);
    }

    private async Task RegisterAsync(int first, int count, int round)
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Connect(IPAddress.Loopback, emulatorPort);
        var port = ((IPEndPoint)socket.Client.LocalEndPoint!).Port;
        for (var user = first; user < count; user += SocketCount)
        {
            var asked = await AskAsync(socket, Text(user, port, (round * 2) - 1, SipHeaders.Empty), 407);
            var register = Read(Text(user, port, round * 2, SipHeaders.Empty));
            var login = new DigestLogin($"u{user}", password);
            if (!DigestClient.TryAnswer(register, asked, login, () => $"{user:x}{round:x}", out var headers))
            {
                throw new InvalidOperationException("the challenge cannot be answered");
            }
            var credentials = SipHeaders.Empty.With(HeaderNames.ProxyAuthorization, headers[HeaderNames.ProxyAuthorization]!);
            await AskAsync(socket, Text(user, port, round * 2, credentials), 200);
        }
    }

    private static async Task<SipResponse> AskAsync(UdpClient socket, byte[] request, int wanted)
    {
        await socket.SendAsync(request);
        using var patience = new CancellationTokenSource(Patience);
        var datagram = await socket.ReceiveAsync(patience.Token);
        if (!SipParser.TryParse(datagram.Buffer, out var message, out _) || message is not SipResponse response || response.Status != wanted)
        {
            throw new InvalidOperationException($"{wanted} was to come, and not {Encoding.ASCII.GetString(datagram.Buffer).Split('\r')[0]}");
        }
        return response;
    }

    private byte[] Text(int user, int port, int sequence, SipHeaders more) => Encoding.ASCII.GetBytes(
        $"REGISTER sip:{domain} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:{port};branch=z9hG4bK{user}-{sequence}\r\n"
        + $"From: <sip:u{user}@{domain}>;tag={user}\r\nTo: <sip:u{user}@{domain}>\r\n"
        + $"Call-ID: r{user}\r\nCSeq: {sequence} REGISTER\r\nMax-Forwards: 70\r\nContact: <sip:u{user}@127.0.0.1:{port}>\r\nExpires: 3600\r\n"
        + string.Concat(more.Lines.Select(h => $"{h.Name}: {h.Text}\r\n")) + "Content-Length: 0\r\n\r\n");

    private static SipRequest Read(byte[] text) => SipParser.TryParse(text, out var message, out _)
        ? (SipRequest)message!
        : throw new InvalidOperationException("a REGISTER cannot be read");
}
