using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TwilioEmu.Bench.Driving;

/// <summary>The least that a SIP caller is: INVITE, ACK, BYE over one UDP socket, one call.</summary>
internal sealed class SipCaller(int emulatorPort, string domain, int number) : IDisposable
{
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private string _to = "";
    private string _contact = "";

    private int Port => ((IPEndPoint)_socket.Client.LocalEndPoint!).Port;

    private string CallId => $"bench{number}-{Port}";

    /// <summary>Calls, and has the stream's peer from the answer.</summary>
    public async Task CallAsync(RtpStream stream)
    {
        var body = $"v=0\r\no=u 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {stream.Port} RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n";
        await SendAsync("INVITE", $"sip:service@{domain}", 1, $"Contact: <sip:u@127.0.0.1:{Port}>\r\nContent-Type: application/sdp\r\n", body);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var text = Encoding.ASCII.GetString((await _socket.ReceiveAsync(patience.Token)).Buffer);
            // On a busy machine something may still come that was for the port's owner before.
            if (!text.StartsWith("SIP/2.0 ", StringComparison.Ordinal) || !text.Contains($"Call-ID: {CallId}\r\n", StringComparison.OrdinalIgnoreCase)) continue;
            var status = text.Split(' ')[1];
            if (status[0] == '1') continue;
            if (status != "200") throw new InvalidOperationException($"the call was answered {status}");
            _to = Header(text, "To");
            _contact = Header(text, "Contact").Trim('<', '>');
            var media = text.Split("m=audio ")[1];
            stream.Peer = new IPEndPoint(IPAddress.Loopback, int.Parse(media[..media.IndexOf(' ', StringComparison.Ordinal)]));
            await SendAsync("ACK", _contact, 1, "", "");
            return;
        }
    }

    public Task HangUpAsync() => SendAsync("BYE", _contact, 2, "", "");

    public void Dispose() => _socket.Dispose();

    private async Task SendAsync(string method, string target, int sequence, string headers, string body)
    {
        var to = _to.Length > 0 ? _to : $"<sip:service@{domain}>";
        var text = $"{method} {target} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:{Port};branch=z9hG4bK{number}{method}\r\nFrom: "
            + $"<sip:u{number}@{domain}>;tag={number}\r\nTo: {to}\r\n"
            + $"Call-ID: {CallId}\r\nCSeq: {sequence} {method}\r\nMax-Forwards: 70\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}";
        await _socket.SendAsync(Encoding.ASCII.GetBytes(text), new IPEndPoint(IPAddress.Loopback, emulatorPort));
    }

    private static string Header(string text, string name) =>
        text.Split("\r\n").First(l => l.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))[(name.Length + 2)..];
}
