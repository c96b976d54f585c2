using System.Net;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Media.Audio;
using TwilioEmu.Media.Codecs;
using TwilioEmu.Media.Detection;
using TwilioEmu.Media.Dtmf;
using TwilioEmu.Media.Listening;
using TwilioEmu.Media.Rendering;
using TwilioEmu.Media.Rtp;
using TwilioEmu.Media.Rtp.Sessions;
using TwilioEmu.Media.Rtp.Sockets;
using TwilioEmu.Media.Score;
using TwilioEmu.Sip.Sdp;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>The sound of one SIP leg: packets to its <see cref="ILeg.FromParty"/>, its <see cref="ILeg.ToParty"/> to packets.</summary>
/// <remarks>
/// Made, connected and disposed on the loop; all else is done by the frame thread, with which it shares the session
/// under one lock. The party hears 40 ms behind, so that a cue that comes two frames late is whole. A frame allocates nothing.
/// </remarks>
internal sealed class LiveSound : IDisposable
{
    /// <summary>How far behind the score is rendered.</summary>
    public const int LagFrameCount = 2;

    /// <summary>RTCP reports go every five seconds (RFC 3550 §6.2).</summary>
    private const int ReportFrameCount = 250;

    /// <summary>More than ten seconds' frames are made up for by none: the peer has long begun anew.</summary>
    private const int MaxMissed = 500;

    private readonly SipMedia _media;
    private readonly LegTracks _tracks;
    private readonly RtpPorts _ports;
    private readonly Renderer _renderer;
    private readonly SpeechActivity _activity = new(ActivityOptions.Default);
    private readonly UtteranceBuffer _utterance = new();
    private readonly LiveInput _input = new(null);
    private readonly Listener _ear;
    private readonly Lock _gate = new();
    private readonly short[] _pcm = new short[Grid.FrameSampleCount];

    // What goes out with a frame, rendered before it begins.
    private readonly short[] _out = new short[Grid.FrameSampleCount];
    private long _outFrame = long.MinValue;
    private readonly byte[] _packet = new byte[RtpSession.MaxPacketByteCount];
    private RtpSession? _session;
    private StreamTotals _former;
    private AudioAgreement? _agreement;
    private IDisposable? _joined;
    private readonly Action _vanished;
    private readonly Action<LegSound> _measured;
    private readonly DatagramHandler _receive;

    /// <summary>The frame thread's: something has come.</summary>
    private bool _hasHeard;
    private readonly SoundMeter _meter = new();
    private DateTimeOffset _lastHeard;
    private long _lastFrame;
    private long _lastSent;
    private JitterBounds _bounds = JitterBounds.Default;
    private bool _isDisposed;
    private bool _hasVanished;
    private int _recognising;
    private bool _speaksAgain;

    /// <param name="media">Of the world.</param>
    /// <param name="tracks">Of the leg.</param>
    /// <param name="ports">Lent; given back when disposed.</param>
    /// <param name="use">How SRTP is meant.</param>
    /// <param name="vanished">Told, on the loop and once, when nothing has come from the party for as long as it may be silent.</param>
    /// <param name="measured">Told, on the loop, of every ten seconds.</param>
    public LiveSound(SipMedia media, LegTracks tracks, RtpPorts ports, SrtpUse use, Action vanished, Action<LegSound> measured)
    {
        (_media, _tracks, _ports, _vanished, _measured, _receive) = (media, tracks, ports, vanished, measured, Receive);
        Offers = new SoundOffers(media.TermsFor(ports.Port, use));
        _renderer = new Renderer(media.Studio.Words, media.Studio.Clips);
        _ear = new Listener(tracks.ToParty, media.World.Clock, Hear, media.World.Loop.Post) { WantsWords = false };
    }

    /// <summary>What this end offers and answers. Loop-confined.</summary>
    public SoundOffers Offers { get; }

    /// <summary>What was agreed last; null before.</summary>
    public AudioAgreement? Agreement => _agreement;

    private DateTimeOffset Now => _media.World.Clock.GetUtcNow();

    /// <summary>Sound goes as agreed from now on: the first time, and whenever the peer offers anew.</summary>
    public void Connect(AudioAgreement agreement)
    {
        if (_isDisposed) return;
        var peer = SipMedia.PeerOf(agreement);
        var isFirst = _agreement is null;
        lock (_gate)
        {
            if (_session is null || !IsSameStream(_agreement!, agreement)) Renew_NeedsLock(agreement, peer);
            _agreement = agreement;
            _lastHeard = Now;
        }
        if (!isFirst) return;
        _tracks.FromParty.Put(new Cue(Now, Lanes.Main, new Source.Live(_input)));
        _joined = _media.Frames.Join("SIP leg", SendFrame, GetReady, Listen);
    }

    /// <summary>How long packets wait for those that are late; null for as at first.</summary>
    public void Bound(JitterBounds? bounds)
    {
        lock (_gate)
        {
            _bounds = bounds ?? JitterBounds.Default;
            _session?.Jitter.Bound(_bounds);
        }
    }

    /// <summary>What was measured of all of it; null before anything was agreed.</summary>
    public LegSound? Measured
    {
        get
        {
            lock (_gate) return _agreement is { } agreement ? _meter.Whole(agreement, Totals_NeedsLock, _session?.PeerReport) : null;
        }
    }

    private StreamTotals Totals_NeedsLock => _session is { } rtp ? _former + rtp.Totals : _former;

    /// <summary>The leg is over.</summary>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _ear.Dispose();
        _joined?.Dispose();
        if (_agreement is not null) _tracks.FromParty.Put(new Cue(Now, Lanes.Main, new Source.Silence()));
        lock (_gate)
        {
            if (_session is { } rtp)
            {
                // Who never sent anything does not say goodbye (RFC 3550 §6.3.7).
                if (rtp.SentCount > 0) SendReport_NeedsLock(rtp, isLast: true);
                rtp.Dispose();
                _session = null;
            }
        }
        _ports.Dispose();
    }

    private static bool IsSameStream(AudioAgreement a, AudioAgreement b) =>
        (a.RemoteAddress, a.RemotePort, a.Codec, a.SendType, a.ReceiveType, a.SendEventType, a.ReceiveEventType)
            == (b.RemoteAddress, b.RemotePort, b.Codec, b.SendType, b.ReceiveType, b.SendEventType, b.ReceiveEventType)
        && IsSameKey(a.SendKey, b.SendKey) && IsSameKey(a.ReceiveKey, b.ReceiveKey);

    private static bool IsSameKey(SrtpCrypto? a, SrtpCrypto? b) =>
        a is null || b is null ? a == b : a.Suite == b.Suite && a.KeyAndSalt.AsSpan().SequenceEqual(b.KeyAndSalt.AsSpan());

    private void Renew_NeedsLock(AudioAgreement agreement, IPEndPoint peer)
    {
        if (_session is { } former) _former += former.Totals;
        _session?.Dispose();
        _session = new RtpSession(new RtpSessionOptions(
            agreement.SendType, agreement.SendEventType, agreement.ReceiveEventType, peer,
            _media.NextBits(), (ushort)_media.NextBits(), _media.NextBits(), "twilioemu")
        {
            ReceivePayloadType = agreement.ReceiveType,
            Law = agreement.Codec == AudioCodec.Pcma ? G711Law.A : G711Law.Mu,
            Protect = SipMedia.StreamOf(agreement.SendKey),
            Unprotect = SipMedia.StreamOf(agreement.ReceiveKey),
            Jitter = _bounds,
        });
    }

    /// <summary>
    /// On the frame thread, within a frame: when packets come is measured by the next ones, so that the first may wait for the frame's end.
    /// </summary>
    private void Listen(long frame)
    {
        if (_hasHeard) _ports.PollSound(_receive);
    }

    /// <summary>On the frame thread: a datagram has come.</summary>
    private void Receive(Span<byte> datagram, IPEndPoint from, bool isRtcp)
    {
        char? key = null;
        _hasHeard = true;
        lock (_gate)
        {
            if (_session is not { } rtp) return;
            var refused = rtp.RefusedCount;
            if (isRtcp) rtp.ReceiveRtcp(datagram, Now);
            else key = rtp.Receive(datagram, from, Now);
            if (rtp.RefusedCount == refused) _lastHeard = Now;
        }
        if (key is { } digit) Post(digit);
    }

    // What is told to the loop has methods of its own, or every frame would pay for what these keep.
    private void Post(char digit) => _media.World.Loop.Post(() => Press(digit));

    private void Post(LegSound sample) => _media.World.Loop.Post(() => _measured(sample));

    private void Post(ActivityChange change, short[]? said) => _media.World.Loop.Post(() => Speak(change, said));

    private void Post(List<Source.Words> missing) => _media.World.Loop.Post(() => Prepare(missing));

    private void Press(char digit)
    {
        if (!_isDisposed) _tracks.FromParty.Put(new Cue(Now, Lanes.Keys, new Source.Keys(digit.ToString(), DialString.KeyDuration)));
    }

    /// <summary>On the frame thread: what is to be heard goes out.</summary>
    private void SendFrame(long frame)
    {
        lock (_gate)
        {
            if (_session is not { } rtp) return;
            // Frames that were dropped because the machine was busy are a gap, not a delay: the clock goes on (RFC 3550 §5.1).
            for (var missed = Math.Max(_lastSent + 1, frame - MaxMissed); _lastSent > 0 && missed < frame; missed++) rtp.Skip();
            _lastSent = frame;
            if (_outFrame != frame) Render_NeedsLock(frame);
            // Nothing goes to a party that names nowhere, until it is heard from.
            var mayGo = _agreement!.Direction.HasFlag(MediaDirection.SendOnly) && rtp.Peer.Address.Port != 0;
            if (mayGo) _ports.Send(_packet.AsSpan(0, rtp.Send(_out, _packet)), rtp.Peer.Address, isRtcp: false);
            else rtp.Skip();
        }
    }

    private void Render_NeedsLock(long frame)
    {
        _outFrame = frame;
        _renderer.Render(_tracks.ToParty, frame - LagFrameCount, _out);
    }

    /// <summary>On the frame thread, before a frame begins: what came by now is heard, what is to go out is made ready.</summary>
    private void GetReady(long next)
    {
        _ports.Poll(_receive);
        var frame = next - 1;
        ActivityChange change;
        List<Source.Words>? missing = null;
        short[]? said = null;
        var isGone = false;
        LegSound? sample = null;
        lock (_gate)
        {
            if (_session is not { } rtp) return;
            if (!_hasVanished && Now - _lastHeard > _media.Timeout)
            {
                // Of a phone on hold nothing has to come, whether it may send or not (RFC 3264 §8.4), nor of one that only listens.
                if (_agreement!.Direction == MediaDirection.SendReceive) _hasVanished = isGone = true;
                else _lastHeard = Now;
            }
            CatchUp_NeedsLock(rtp, frame);
            rtp.Take(_pcm);
            change = _activity.Process(_pcm);
            if (_media.Studio.Recogniser is not null) said = _utterance.Process(_pcm, _activity.IsSpeaking);
            _input.Write(frame, _pcm);
            Render_NeedsLock(next);
            if (_renderer.Missing.Count > 0) missing = [.. _renderer.Missing];
            if (frame % ReportFrameCount == 0) SendReport_NeedsLock(rtp, isLast: false);
            if (_meter.Tick(rtp.Received.Jitter)) sample = _meter.TakeSample(_agreement!, Totals_NeedsLock, rtp.PeerReport);
        }
        if (isGone) _media.World.Loop.Post(_vanished);
        if (sample is not null) Post(sample);
        if (change != ActivityChange.None) Post(change, said);
        if (missing is not null) Post(missing);
    }

    /// <summary>What came with frames that were dropped is taken in all the same.</summary>
    private void CatchUp_NeedsLock(RtpSession rtp, long frame)
    {
        for (var missed = Math.Max(_lastFrame + 1, frame - MaxMissed); _lastFrame > 0 && missed < frame; missed++)
        {
            rtp.Take(_pcm);
            _input.Write(missed, _pcm);
        }
        _lastFrame = frame;
    }

    private void SendReport_NeedsLock(RtpSession rtp, bool isLast)
    {
        var peer = rtp.Peer.Address;
        if (peer.Port is 0 or IPEndPoint.MaxPort) return;
        _ports.Send(_packet.AsSpan(0, rtp.WriteRtcp(Now, isLast, _packet)), new IPEndPoint(peer.Address, peer.Port + 1), isRtcp: true);
    }

    private void Speak(ActivityChange change, short[]? said)
    {
        if (_isDisposed) return;
        if (change == ActivityChange.Ended)
        {
            _speaksAgain = false;
            if (said is not null && _media.Studio.Recogniser is { } recogniser)
            {
                _media.World.Loop.Start(() => RecogniseAsync(recogniser, said));
            }
            else
            {
                _input.Speech.Ended(Now);
            }
        }
        // Whoever goes on while the words before are looked up has never stopped.
        else if (_recognising > 0) _speaksAgain = true;
        else _input.Speech.Began(Now, _activity.SoundingFor);
    }

    /// <summary>The speech is over once its words are known, so that whoever waits for its end has them.</summary>
    private async Task RecogniseAsync(Recogniser recogniser, short[] said)
    {
        _recognising++;
        RecognisedSpeech heard;
        try
        {
            heard = await _media.World.Loop.AskOutsideAsync(
                "recognising speech", c => recogniser(WavWriter.Mono(said), c), _media.World.Ending);
        }
        finally
        {
            _recognising--;
        }
        if (_isDisposed) return;
        if (heard.Fault is { } fault)
        {
            _media.World.Journal.Warn(AccountSid.None, "speech", 0, $"speech was not recognised: speech_recognizer: {fault}");
        }
        if (heard.Words.Length > 0) _input.Speech.Recognised(Now, heard.Words, isFinal: true, heard.Confidence);
        if (_recognising == 0 && !_speaksAgain) _input.Speech.Ended(Now);
    }

    private void Prepare(List<Source.Words> missing)
    {
        foreach (var words in missing) _media.World.Loop.Start(() => _media.Studio.Words.PrepareAsync(words, _media.World.Ending));
    }

    /// <summary>What the party is to hear begins: words are spoken ahead, keys go out as events where they were agreed on.</summary>
    private void Hear(Perceived perceived)
    {
        switch (perceived)
        {
            case Perceived.Began { Source: Source.Words words }: Prepare([words]); break;
            case Perceived.Key key:
                lock (_gate) _session?.TryPress(key.Digit, DialString.KeyDuration);
                break;
        }
    }
}
