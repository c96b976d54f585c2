using System.Collections.Concurrent;
using System.Collections.Immutable;
using TwilioEmu.Sip.Digest;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Sdp;
using TwilioEmu.Sip.Transports;
using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Sip.Tests.Strangers;

/// <summary>A small switchboard for strangers: registers alice by digest, answers every call that brings telephone sound.</summary>
internal sealed class Exchange : IAsyncDisposable
{
    public const string Realm = "sip.twilio.com";

    private static readonly AudioTerms Terms = new("127.0.0.1", 40000, "1")
    {
        Srtp = SrtpUse.WhenOffered,
        SrtpKeys = [.. Enum.GetValues<SrtpSuite>().Select(s => (s, new byte[SrtpCrypto.KeyLengthOf(s)].ToImmutableArray()))],
    };

    private readonly DigestServer _digest = new(Realm, DigestRole.Proxy, new NonceMint(new byte[32], Realm, TimeSpan.FromMinutes(5)),
        [DigestAlgorithm.Md5], ["auth"]);
    private readonly Registrar _registrar = new(new(TimeSpan.FromSeconds(60), TimeSpan.FromHours(1), TimeSpan.FromHours(1), 10));
    private readonly bool _asksCallers;

    public Exchange(bool asksCallers = false, SipWireOptions? options = null, params SipTransport[] transports)
    {
        _asksCallers = asksCallers;
        Phone = new(options, transports) { Does = Do };
    }

    /// <summary>What was agreed with the last that offered.</summary>
    public static AudioAgreement? AgreementOf(SipRequest request)
    {
        SdpReader.TryRead(request.Body.Span, out var offer, out _).Should().BeTrue();
        return AudioNegotiation.Answer(offer, Terms, out _, out var agreement) == AudioRefusal.None ? agreement : null;
    }

    public LivePhone Phone { get; }

    public int Port => Phone.PortOf(SipTransport.Udp);

    /// <summary>All that was told, in order.</summary>
    public ConcurrentQueue<SipOutput> News { get; } = new();

    public TaskCompletionSource<Binding> Registered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IEnumerable<T> Told<T>() where T : SipOutput => News.OfType<T>();

    public static DigestSecret? Secret(string user) => user == "alice" ? DigestSecret.Of("alice", Realm, "Secret12345678") : null;

    public ValueTask DisposeAsync() => Phone.DisposeAsync();

    private void Do(SipOutput output, DateTimeOffset now)
    {
        News.Enqueue(output);
        switch (output)
        {
            case SipOutput.RequestCame { Incoming: { Request.Method: SipMethods.Register } incoming }: Register(incoming, now); break;
            case SipOutput.RequestCame { Incoming: var other }: other.Respond(501, now); break;
            case SipOutput.CallOffered { Call: var call }: Answer(call, now); break;
            case SipOutput.SessionOffered { Call: var call, Request: var request }: Reanswer(call, request, now); break;
        }
    }

    private void Register(IncomingRequest incoming, DateTimeOffset now)
    {
        var verdict = _digest.Check(incoming.Request, Secret, now, out _);
        if (verdict == DigestVerdict.Wrong) incoming.Respond(403, now);
        else if (verdict != DigestVerdict.Right) incoming.Respond(_digest.Status, now,
            _digest.Challenge(now, verdict == DigestVerdict.Stale));
        else
        {
            var answer = _registrar.Register(incoming.Request, incoming.Source, now);
            incoming.Respond(answer.Status, now, answer.Headers);
            if (answer.Bindings is [var binding, ..]) Registered.TrySetResult(binding);
        }
    }

    private void Answer(IncomingCall call, DateTimeOffset now)
    {
        if (_asksCallers && _digest.Check(call.Invite, Secret, now, out _) is var verdict and not DigestVerdict.Right)
        {
            call.Refuse(verdict == DigestVerdict.Wrong ? 403 : 407, now, verdict == DigestVerdict.Wrong ? null
                : _digest.Challenge(now, verdict == DigestVerdict.Stale));
            return;
        }
        call.Ring(180, now);
        if (Describe(call.Invite) is { } answer) call.Answer(answer, now);
        else call.Refuse(488, now);
    }

    private static void Reanswer(SipCall call, SipRequest request, DateTimeOffset now)
    {
        if (Describe(request) is { } answer) call.AnswerOffer(answer, now);
        else call.RefuseOffer(488, now);
    }

    private static byte[]? Describe(SipRequest request)
    {
        if (request.Body.IsEmpty) return SdpWriter.Write(AudioNegotiation.Offer(Terms));
        return SdpReader.TryRead(request.Body.Span, out var offer, out _)
            && AudioNegotiation.Answer(offer, Terms, out var answer, out _) == AudioRefusal.None
            ? SdpWriter.Write(answer!) : null;
    }
}
