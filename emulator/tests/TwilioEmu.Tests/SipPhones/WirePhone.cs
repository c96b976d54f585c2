using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using TwilioEmu.Media.Codecs;
using TwilioEmu.Media.Rtp.Packets;
using TwilioEmu.Media.Score;
using TwilioEmu.Media.Tones;
using TwilioEmu.Sip.Digest;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Sdp;
using TwilioEmu.Sip.Transports;
using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Tests.SipPhones;

/// <summary>
/// A phone on real sockets whose every packet can be looked at: it speaks a tone, keeps what comes, and answers at once or lets it ring.
/// </summary>
internal sealed class WirePhone : ISipReceiver, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PhoneSetup _setup;
    private readonly SipTransport _transport;
    private readonly Lock _turn = new();
    private readonly SipWires _wires;
    private readonly SipEndpoint _endpoint;
    private readonly ITimer _timer;
    private readonly UdpClient _rtp = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _ending = new();
    private readonly List<Heard> _heard = [];
    private readonly TaskCompletionSource<int> _registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<SipCall> _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<SipEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _any = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _port;
    private Task _talking = Task.CompletedTask;

    /// <param name="setup">Its transport may be <c>ws</c>, too: then <see cref="PhoneSetup.Port"/> is that of SIP over WebSocket.</param>
    public WirePhone(PhoneSetup setup)
    {
        _setup = setup;
        SipTransports.TryParse(setup.Transport, out _transport).Should().BeTrue();
        _wires = new SipWires(this, new SipWireOptions(), TimeProvider.System);
        // A page in a browser listens nowhere (RFC 7118 §5.3).
        _port = _transport == SipTransport.Ws ? 0 : _wires.Listen(_transport, new IPEndPoint(IPAddress.Loopback, 0)).Port;
        _endpoint = new SipEndpoint(new SipEndpointOptions
        {
            AddressOf = _ => _port == 0 ? new HostPort("df7jal23ls0d.invalid", null) : new HostPort("127.0.0.1", _port),
            Random = RandomNumberGenerator.Fill,
        });
        _timer = TimeProvider.System.CreateTimer(_ => Turn(_endpoint.Tick), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A packet of sound as it came.</summary>
    /// <param name="From">Whoever sent it.</param>
    /// <param name="Header">Of RTP.</param>
    /// <param name="Pcm">8 kHz.</param>
    public sealed record Heard(IPEndPoint From, RtpHeader Header, short[] Pcm);

    /// <summary>Where the other side said that it receives, and sends from.</summary>
    public IPEndPoint? Told { get; private set; }

    /// <summary>Where this one receives.</summary>
    public int RtpPort => ((IPEndPoint)_rtp.Client.LocalEndPoint!).Port;

    /// <summary>All packets of sound so far.</summary>
    public IReadOnlyList<Heard> Packets
    {
        get { lock (_heard) return [.. _heard]; }
    }

    /// <summary>How its call ended.</summary>
    public Task<SipEnd> Ended => _ended.Task.WaitAsync(Patience);

    /// <summary>The status of the registrar's last answer.</summary>
    public Task<int> RegisterAsync()
    {
        var address = SipUri.Of(_setup.User, _setup.Domain);
        Turn(now => _endpoint.Ask(
            new OutgoingRequestTerms(SipMethods.Register, SipUri.Of(null, _setup.Domain), new NameAddr(address), new NameAddr(address))
            {
                Hop = Proxy,
                Login = Login,
                Headers = SipHeaders.Empty.With(HeaderNames.Contact, $"<{Contact}>").With(HeaderNames.Expires, "600"),
            },
            now));
        return _registered.Task.WaitAsync(Patience);
    }

    /// <summary>Calls, and talks when it is answered.</summary>
    /// <param name="uri">Whom.</param>
    /// <param name="headers">Of the INVITE, beside the usual.</param>
    public async Task CallAsync(string uri, SipHeaders? headers = null)
    {
        SipUri.TryParse(uri, out var target).Should().BeTrue();
        Turn(
            now => _endpoint.Call(
                new OutgoingCallTerms(
                    target, new NameAddr(SipUri.Of(_setup.User, _setup.Domain)),
                    Encoding.UTF8.GetBytes(SdpWriter.Text(AudioNegotiation.Offer(Terms)) + _setup.Describes))
                {
                    Hop = Proxy,
                    Login = Login,
                    Headers = headers ?? SipHeaders.Empty,
                },
                now));
        var done = await Task.WhenAny(_connected.Task, _ended.Task).WaitAsync(Patience);
        done.Should().BeSameAs(_connected.Task, "it should be answered");
    }

    /// <summary>Waits until a call stands.</summary>
    public Task ConnectedAsync() => _connected.Task.WaitAsync(Patience);

    public async Task HangUpAsync()
    {
        var call = await _connected.Task.WaitAsync(Patience);
        Turn(now => call.HangUp(now));
    }

    /// <summary>Waits until a packet of sound has come.</summary>
    public Task HearsAnythingAsync() => _any.Task.WaitAsync(Patience);

    /// <summary>Waits until it has heard a tone long enough.</summary>
    public Task HearsAsync(int hertz) => Hearing.UntilAsync(() => [.. Packets.SelectMany(p => p.Pcm)], hertz, Patience);

    void ISipReceiver.Received(ReadOnlyMemory<byte> bytes, Hop source) => Turn(now => _endpoint.Receive(bytes, source, now));

    void ISipReceiver.Broken(Hop hop) => Turn(now => _endpoint.Unreachable(hop, now));

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _timer.DisposeAsync();
        await _wires.DisposeAsync();
        _rtp.Dispose();
        await _talking;
    }

    private Hop Proxy => new(_transport, "127.0.0.1", _setup.Port);

    private DigestLogin Login => new(_setup.LoginUser ?? _setup.User, _setup.Password);

    private AudioTerms Terms => new(_setup.Names, RtpPort, "1");

    private SipUri Contact => _port == 0
        ? SipUri.Of(_setup.User, "df7jal23ls0d.invalid") with { Parameters = SipParameters.None.With("transport", "ws") }
        : SipUri.Of(_setup.User, "127.0.0.1", _port);

    private void Turn(Action<DateTimeOffset> act)
    {
        lock (_turn)
        {
            if (_ending.IsCancellationRequested) return;
            var now = TimeProvider.System.GetUtcNow();
            act(now);
            while (_endpoint.TryTake(out var output)) Take(output, now);
            var wait = _endpoint.NextDue - now;
            _timer.Change(wait is { } due ? due < TimeSpan.Zero ? TimeSpan.Zero : due : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private void Take(SipOutput output, DateTimeOffset now)
    {
        switch (output)
        {
            case SipOutput.Send send: _wires.Send(send.Hop, send.Bytes); break;
            case SipOutput.RequestAnswered answered when answered.Response is not { Status: < 200 }:
                _registered.TrySetResult(answered.Response?.Status ?? 408); break;
            case SipOutput.CallOffered ringing when !_setup.Answers: ringing.Call.Ring(180, now); break;
            case SipOutput.CallOffered offered:
                SdpReader.TryRead(offered.Invite.Body.Span, out var offer, out _).Should().BeTrue();
                AudioNegotiation.Answer(offer, Terms, out var answer, out var taken).Should().Be(AudioRefusal.None);
                offered.Call.Answer(SdpWriter.Write(answer!), now);
                Talk(offered.Call, taken!);
                break;
            case SipOutput.CallAnswered answered:
                SdpReader.TryRead(answered.Response.Body.Span, out var agreed, out _).Should().BeTrue();
                AudioNegotiation.Conclude(AudioNegotiation.Offer(Terms), agreed, Terms, out var agreement).Should().Be(AudioRefusal.None);
                Talk(answered.Call, agreement!);
                break;
            case SipOutput.CallEnded ended: _ended.TrySetResult(ended.End); break;
        }
    }

    private void Talk(SipCall call, AudioAgreement agreement)
    {
        Told = new IPEndPoint(IPAddress.Parse(agreement.RemoteAddress), agreement.RemotePort);
        _talking = Task.WhenAll(Task.Run(() => SpeakAsync(Told)), Task.Run(ListenAsync));
        _connected.TrySetResult(call);
    }

    /// <summary>As many frames as the wall says, in turn.</summary>
    private async Task SpeakAsync(IPEndPoint peer)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var began = TimeProvider.System.GetTimestamp();
        var (pcm, coded, packet) = (
            new short[Grid.FrameSampleCount], new byte[Grid.FrameSampleCount], new byte[RtpPacket.HeaderByteCount + Grid.FrameSampleCount]);
        try
        {
            for (var frame = 0; await pace.WaitForNextTickAsync(_ending.Token);)
            {
                for (; frame < TimeProvider.System.GetElapsedTime(began).TotalMilliseconds / 20; frame++)
                {
                    for (var i = 0; i < pcm.Length; i++) pcm[i] = (short)(8000 * Sine.At(_setup.Hertz, (frame * pcm.Length) + i));
                    G711.EncodeUlaw(pcm, coded);
                    var length = RtpPacket.Write(
                        new RtpHeader(
                            0, frame == 0, (ushort)frame, (uint)(frame * pcm.Length), 77, RtpPacket.HeaderByteCount, coded.Length),
                        coded, packet);
                    await _rtp.SendAsync(packet.AsMemory(0, length), peer, _ending.Token);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // It is over.
        }
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                var datagram = await _rtp.ReceiveAsync(_ending.Token);
                if (!RtpPacket.TryRead(datagram.Buffer, out var header) || header.PayloadType != 0) continue;
                var pcm = new short[header.PayloadByteCount];
                G711.DecodeUlaw(datagram.Buffer.AsSpan(header.PayloadOffset, header.PayloadByteCount), pcm);
                lock (_heard) _heard.Add(new Heard(datagram.RemoteEndPoint, header, pcm));
                _any.TrySetResult();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // It is over.
        }
    }
}
